import { createReadStream } from 'node:fs';
import { rm, stat, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { checkKey, missing, splitName } from '../key.js';
import type { GrowingFiles } from '../store.js';
import { makeFolder } from './folder.js';
import { extend, writeWhole } from './write.js';

/** Files in a folder of the disk. */
export class DiskFiles implements GrowingFiles {
  readonly #root: string;

  constructor(root: string) {
    this.#root = root;
  }

  write(name: string, pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<number> {
    return writeWhole(this.#path(name), pieces, true);
  }

  async extend(name: string, from: number, pieces: AsyncIterable<Uint8Array>): Promise<void> {
    return extend(this.#path(name), from, pieces);
  }

  address(name: string): string {
    return pathToFileURL(this.#path(name)).href;
  }

  async room(): Promise<number | undefined> {
    try {
      await makeFolder(dirname(this.#root), 0o700);
      const { bavail, bsize } = await statfs(dirname(this.#root));
      return bavail * bsize;
    } catch {
      return undefined;
    }
  }

  async *read(name: string, from = 0): AsyncIterable<Uint8Array> {
    try {
      yield* createReadStream(this.#path(name), { start: from }) as AsyncIterable<Uint8Array>;
    } catch (error) {
      throw (error as NodeJS.ErrnoException).code === 'ENOENT' ? missing(name) : error;
    }
  }

  async size(name: string): Promise<number | undefined> {
    try {
      return (await stat(this.#path(name))).size;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  }

  remove(name: string): Promise<void> {
    return rm(join(this.#root, ...name.split('/').map(checkKey)), { recursive: true, force: true });
  }

  #path(name: string): string {
    return join(this.#root, ...splitName(name));
  }
}
