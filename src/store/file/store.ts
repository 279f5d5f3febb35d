import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ClasserError } from '../../contract/errors.js';
import { damaged } from '../damaged.js';
import { checkKey } from '../key.js';
import { Queue } from '../queue.js';
import { type Json, type Release, type Store, TABLES, type Table } from '../store.js';
import { DiskFiles } from './files.js';
import { asBlocked } from './full.js';
import { lock, tryLock } from './lock.js';
import { removeFile, writeWhole } from './write.js';

/** A file's name says its key; the prefix keeps names that some systems reserve apart. */
const PREFIX = 'r-';
const SUFFIX = '.json';

/** A folder with one JSON file a record. Any number of processes may use it at once. */
export class FileStore implements Store {
  readonly files: DiskFiles;
  readonly #root: string;
  readonly #queue = new Queue();

  constructor(root: string) {
    this.#root = root;
    this.files = new DiskFiles(join(root, 'files'));
  }

  async get<Value extends Json>(table: Table, key: string): Promise<Value | undefined> {
    const path = this.#path(table, key);
    let text: string;
    try {
      text = await readFile(path, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw asBlocked(error);
    }
    try {
      return JSON.parse(text);
    } catch (cause) {
      // What was not written for good may be cut short by a power failure, and can be done without.
      if (!TABLES[table].durable) return undefined;
      throw damaged(table, key, new Error(`${path} is no JSON.`, { cause }));
    }
  }

  update<Value extends Json>(
    table: Table,
    key: string,
    change: (before: Value | undefined) => Value | undefined,
  ): Promise<Value | undefined> {
    const path = this.#path(table, key);
    return this.#alone(path, async () => {
      const before = await this.get<Value>(table, key);
      const after = change(before);
      if (after !== undefined) {
        await writeWhole(path, [Buffer.from(`${JSON.stringify(after)}\n`)], TABLES[table].durable);
      } else if (before !== undefined) await removeFile(path);
      return after;
    });
  }

  remove(table: Table, key: string): Promise<void> {
    const path = this.#path(table, key);
    return this.#alone(path, () => removeFile(path)).catch((error: ClasserError) => {
      // Where there is no room for a lock there is none for a change either, and removing makes some.
      if (error.code !== 'STORAGE_FULL') throw error;
      return removeFile(path);
    });
  }

  async keys(table: Table): Promise<string[]> {
    const names = await readdir(join(this.#root, table)).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return [];
      throw asBlocked(error);
    });
    return names
      .filter((name) => name.startsWith(PREFIX) && name.endsWith(SUFFIX))
      .map((name) => name.slice(PREFIX.length, -SUFFIX.length))
      .sort();
  }

  claim(name: string): Promise<Release | undefined> {
    return tryLock(join(this.#root, 'claims', `${PREFIX}${checkKey(name)}.lock`));
  }

  async close(): Promise<void> {
    await this.#queue.idle();
  }

  /** Runs what reads or writes a record with nobody in between. */
  #alone<Result>(path: string, run: () => Promise<Result>): Promise<Result> {
    return this.#queue.run(path, async () => {
      const release = await lock(`${path}.lock`);
      try {
        return await run();
      } finally {
        await release();
      }
    });
  }

  #path(table: Table, key: string): string {
    return join(this.#root, table, `${PREFIX}${checkKey(key)}${SUFFIX}`);
  }
}
