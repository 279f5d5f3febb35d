import { failure } from '../../contract/errors.js';
import { storageFull } from '../full.js';
import { checkKey } from '../key.js';
import { type Files, type Json, type Release, type Store, TABLES, type Table } from '../store.js';
import { OriginFiles } from './files.js';

const VERSION = 4;

/** Records in IndexedDB and files in the origin's private file system. Any number of tabs may use it at once. */
export class IndexedDbStore implements Store {
  readonly files: Files;
  readonly #database: IDBDatabase;

  private constructor(database: IDBDatabase) {
    this.#database = database;
    this.files = new OriginFiles(database.name);
  }

  /** Rejects where the browser keeps nothing for this page. */
  static async open(name: string): Promise<IndexedDbStore> {
    const request = indexedDB.open(name, VERSION);
    request.onupgradeneeded = () => {
      // An older version of the database has some of them.
      const { objectStoreNames: there } = request.result;
      for (const table of Object.keys(TABLES)) if (!there.contains(table)) request.result.createObjectStore(table);
    };
    const database = await settled(request);
    // A later version of the page may need to change the tables.
    database.onversionchange = () => database.close();
    return new IndexedDbStore(database);
  }

  async get<Value extends Json>(table: Table, key: string): Promise<Value | undefined> {
    return settled(this.#database.transaction(table).objectStore(table).get(checkKey(key)));
  }

  async update<Value extends Json>(
    table: Table,
    key: string,
    change: (before: Value | undefined) => Value | undefined,
  ): Promise<Value | undefined> {
    checkKey(key);
    const durability = TABLES[table].durable ? 'strict' : 'relaxed';
    const transaction = this.#database.transaction(table, 'readwrite', { durability });
    const ended = finished(transaction);
    const records = transaction.objectStore(table);
    let after: Value | undefined;
    let thrown: { error: unknown } | undefined;
    const read = records.get(key);
    read.onsuccess = () => {
      try {
        after = change(read.result);
        if (after === undefined) records.delete(key);
        else records.put(after, key);
      } catch (error) {
        thrown = { error };
        transaction.abort();
      }
    };
    await ended.catch((error: unknown) => {
      throw thrown ? thrown.error : error;
    });
    return after;
  }

  async remove(table: Table, key: string): Promise<void> {
    await this.update(table, key, () => undefined);
  }

  async keys(table: Table): Promise<string[]> {
    return (await settled(this.#database.transaction(table).objectStore(table).getAllKeys())) as string[];
  }

  async claim(name: string): Promise<Release | undefined> {
    // Without locks, on a page that is no secure context, there is no sharing with other tabs to guard against.
    if (!navigator.locks) return async () => undefined;
    return new Promise((resolve, reject) => {
      navigator.locks
        .request(`${this.#database.name} ${checkKey(name)}`, { ifAvailable: true }, (lock) => {
          if (!lock) return resolve(undefined);
          return new Promise<void>((free) => resolve(async () => free()));
        })
        .catch(reject);
    });
  }

  async close(): Promise<void> {
    this.#database.close();
  }
}

function settled<Result>(request: IDBRequest<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(typed(request.error));
    if (request instanceof IDBOpenDBRequest) {
      request.onblocked = () => reject(failure('INTERNAL', 'Another tab holds an older version of the database.'));
    }
  });
}

function finished(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onerror = () => reject(typed(transaction.error));
    transaction.onabort = () => reject(typed(transaction.error));
  });
}

const typed = (error: DOMException | null): unknown =>
  error?.name === 'QuotaExceededError' ? storageFull(error) : error;
