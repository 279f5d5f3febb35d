import { failure } from '../../contract/errors.js';
import { storageFull } from '../full.js';
import { checkKey, missing, splitName } from '../key.js';
import type { Files } from '../store.js';
import { originAddress, originFolder } from './address.js';
import { originRoom } from './room.js';

/** Files in the origin's private file system, below a folder of their own. */
export class OriginFiles implements Files {
  readonly #root: string;

  constructor(root: string) {
    this.#root = root;
  }

  async write(path: string, pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<number> {
    const [folder, name] = splitName(path);
    const directory = await (await this.folder()).getDirectoryHandle(folder, { create: true });
    const file = await directory.getFileHandle(name, { create: true });
    // What is written goes to a copy, which takes the file's place when it is closed.
    const writer = await file.createWritable();
    let length = 0;
    try {
      for await (const piece of pieces) {
        await writer.write(piece as Uint8Array<ArrayBuffer>);
        length += piece.length;
      }
      await writer.close();
      return length;
    } catch (error) {
      await writer.abort().catch(() => undefined);
      throw nameOf(error) === 'QuotaExceededError' ? await full(error, length) : error;
    }
  }

  address(path: string): string {
    return originAddress([this.#root, ...splitName(path)]);
  }

  async *read(path: string, from = 0): AsyncIterable<Uint8Array> {
    const file = await this.#file(path);
    if (!file) throw missing(path);
    yield* file.slice(from).stream() as unknown as AsyncIterable<Uint8Array>;
  }

  async size(path: string): Promise<number | undefined> {
    return (await this.#file(path))?.size;
  }

  async remove(path: string): Promise<void> {
    const [folder = '', name] = path.split('/').map(checkKey);
    try {
      const root = await this.folder();
      if (name === undefined) await root.removeEntry(folder, { recursive: true });
      else await (await root.getDirectoryHandle(folder)).removeEntry(name);
    } catch (error) {
      if (nameOf(error) === 'NotFoundError') return;
      throw nameOf(error) === 'NoModificationAllowedError' ? inUse(path, error) : error;
    }
  }

  protected async folder(): Promise<FileSystemDirectoryHandle> {
    return (await originFolder()).getDirectoryHandle(this.#root, { create: true });
  }

  async #file(path: string): Promise<File | undefined> {
    const [folder, name] = splitName(path);
    try {
      const directory = await (await this.folder()).getDirectoryHandle(folder);
      const file = await (await directory.getFileHandle(name)).getFile();
      // A file that was begun and never closed is there, and empty; a whole one never is.
      return file.size === 0 ? undefined : file;
    } catch (error) {
      if (nameOf(error) === 'NotFoundError') return undefined;
      throw error;
    }
  }
}

/** What a page still writes cannot be removed, by itself or by another. */
const inUse = (path: string, cause: unknown) =>
  failure('JOB_CONFLICT', `Files of ${path} are being written; remove them once that has ended.`, undefined, cause);

export const nameOf = (error: unknown): string | undefined => (error as { name?: string } | null)?.name;

export async function full(cause: unknown, needed: number) {
  const available = (await originRoom()) ?? 0;
  // A private window's estimate is of what it might have: what was refused was more than there is.
  return storageFull(cause, available < needed ? { needed, available } : { needed });
}
