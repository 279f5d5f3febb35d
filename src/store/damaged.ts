import { type ClasserError, failure } from '../contract/errors.js';
import { type Json, type Store, TABLES, type Table } from './store.js';

/** The error of a record that cannot be read, or is none of its table; where it lies is for its owner alone, in `cause`. */
export function damaged(table: Table, key: string, cause?: unknown): ClasserError {
  const { one } = TABLES[table];
  const message = `What is kept of ${one} ${key} is damaged; restore it from a copy of the store, or remove the ${one}.`;
  return failure('INTERNAL', message, undefined, cause);
}

/** What was read, or null for a record that cannot be. */
export const unlessDamaged = <Value>(read: Promise<Value>): Promise<Value | null> =>
  read.catch((error: ClasserError) => {
    if (error.code !== 'INTERNAL') throw error;
    return null;
  });

/** The records of a table in the order of their keys, and the keys of those that cannot be read. */
export async function readAll<Value>(
  store: Store,
  table: Table,
): Promise<{ records: Value[]; damaged: readonly string[] }> {
  const keys = await store.keys(table);
  const read = await Promise.all(keys.map((key) => unlessDamaged(store.get<Json & Value>(table, key))));
  return {
    // One that was removed meanwhile is neither.
    records: read.filter((one) => one !== null && one !== undefined),
    damaged: keys.filter((_, i) => read[i] === null),
  };
}
