import { isFields, kindOf, optionalNumber, optionalString, quote } from '../../contract/checks.js';
import { failure, invalid } from '../../contract/errors.js';
import { randomHex } from '../../contract/random.js';
import type { Json, Store } from '../../store/store.js';
import type { LogEntry } from './entry.js';

/** A page of the log. */
export interface LogPage {
  /** Newest first. */
  logs: LogEntry[];
  /** What to ask the next page with, as `before`; null when there is no more. */
  next: string | null;
}

/** Which part of the log to read. */
export interface LogRange {
  /** 1–200 entries, by default 50. */
  limit?: number | undefined;
  /** `next` of the page before. */
  before?: string | undefined;
}

/** Entries of one record, and how many records are kept. */
const CHUNK = 200;
const CHUNKS = 50;

type Entry = Json & LogEntry;

/** Whether a value is a record of the log. */
export const isLog = (value: unknown): boolean => Array.isArray(value) && value.every(isFields);

/** Adds entries at the end of the log and drops the oldest of more than 10,000. */
export async function addLogs(store: Store, entries: readonly LogEntry[]): Promise<void> {
  const names = await store.keys('logs');
  let rest = entries;
  const last = names.at(-1);
  if (last !== undefined) {
    await store.update<readonly Entry[]>('logs', last, (before = []) => {
      const room = Math.max(0, CHUNK - before.length);
      rest = entries.slice(room);
      return [...before, ...(entries.slice(0, room) as Entry[])];
    });
  }
  for (; rest.length > 0; rest = rest.slice(CHUNK)) {
    const name = nameAfter(names.at(-1));
    await store.update<readonly Entry[]>('logs', name, () => rest.slice(0, CHUNK) as Entry[]);
    names.push(name);
  }
  for (const old of names.slice(0, -CHUNKS)) await store.remove('logs', old);
}

/** Later than the last one, whatever the clock says; the random part keeps two writers apart. */
function nameAfter(last = ''): string {
  const time = Math.max(Date.now(), (Number.parseInt(last, 10) || 0) + 1);
  return `${String(time).padStart(14, '0')}-${randomHex(4)}`;
}

/** Reads a page of the log. Throws VALIDATION_ERROR for a bad `limit` or `before`. */
export async function readLogs(store: Store, range: unknown = {}): Promise<LogPage> {
  if (!isFields(range)) throw failure('BAD_REQUEST', `logs takes an object, not ${kindOf(range)}.`);
  const limit = Math.floor(optionalNumber(range, 'limit', { min: 1, max: CHUNK }) ?? 50);
  const cursor = parseCursor(optionalString(range, 'before'));
  const names = (await store.keys('logs')).filter((name) => !cursor || name <= cursor.name).reverse();
  const logs: LogEntry[] = [];
  for (const name of names) {
    const entries = (await store.get<readonly Entry[]>('logs', name)) ?? [];
    const end = name === cursor?.name ? Math.min(cursor.index, entries.length) : entries.length;
    for (let index = end - 1; index >= 0; index--) {
      logs.push(entries[index] as LogEntry);
      if (logs.length === limit) return { logs, next: index > 0 || name !== names.at(-1) ? `${name}.${index}` : null };
    }
  }
  return { logs, next: null };
}

/** An entry by its record and its place there; all before it come next. */
function parseCursor(before: string | undefined): { name: string; index: number } | undefined {
  if (before === undefined) return undefined;
  const [, name, index] = /^(\d{14}-[0-9a-f]{8})\.(\d{1,6})$/.exec(before) ?? [];
  if (name === undefined) throw invalid('before', `before must be the next of another page, not ${quote(before)}.`);
  return { name, index: Number(index) };
}
