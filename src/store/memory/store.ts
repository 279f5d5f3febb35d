import { checkKey } from '../key.js';
import type { Json, Release, Store, Table } from '../store.js';
import { MemoryFiles } from './files.js';

/** Keeps everything until it is closed; for tests, private windows and those who want nothing written. */
export class MemoryStore implements Store {
  readonly files = new MemoryFiles();
  readonly #tables = new Map<Table, Map<string, string>>();
  readonly #claims = new Set<string>();

  async get<Value extends Json>(table: Table, key: string): Promise<Value | undefined> {
    const text = this.#table(table).get(checkKey(key));
    return text === undefined ? undefined : JSON.parse(text);
  }

  async update<Value extends Json>(
    table: Table,
    key: string,
    change: (before: Value | undefined) => Value | undefined,
  ): Promise<Value | undefined> {
    const records = this.#table(table);
    const text = records.get(checkKey(key));
    const after = change(text === undefined ? undefined : JSON.parse(text));
    if (after === undefined) records.delete(key);
    else records.set(key, JSON.stringify(after));
    return after;
  }

  async remove(table: Table, key: string): Promise<void> {
    this.#table(table).delete(checkKey(key));
  }

  async keys(table: Table): Promise<string[]> {
    return [...this.#table(table).keys()].sort();
  }

  async claim(name: string): Promise<Release | undefined> {
    if (this.#claims.has(name)) return undefined;
    this.#claims.add(name);
    return async () => void this.#claims.delete(name);
  }

  async close(): Promise<void> {
    this.#tables.clear();
    this.#claims.clear();
    this.files.clear();
  }

  #table(table: Table): Map<string, string> {
    const records = this.#tables.get(table) ?? new Map<string, string>();
    this.#tables.set(table, records);
    return records;
  }
}
