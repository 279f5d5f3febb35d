import { isFields, kindOf, optionalNumber, optionalString, quote } from '../../contract/checks.js';
import { failure, invalid } from '../../contract/errors.js';
import { KEPT_LIMITS } from '../../contract/limits.js';
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
  /** 1–200 entries, by default 50; a page ends earlier where its entries come to a million characters. */
  limit?: number | undefined;
  /** `next` of the page before. */
  before?: string | undefined;
}

/** Entries of one record, characters of one as JSON, and how many records are kept. */
const CHUNK = 200;
const LENGTH = 1_000_000;
const CHUNKS = 50;

type Entry = Json & LogEntry;

/** Whether a value is a record of the log. */
export const isLog = (value: unknown): boolean => Array.isArray(value) && value.every(isFields);

/** Adds entries at the end of the log and drops its oldest records. */
export async function addLogs(store: Store, entries: readonly LogEntry[]): Promise<void> {
  const names = await store.keys('logs');
  let rest = entries as readonly Entry[];
  for (let name = names.at(-1) ?? nameAfter(); rest.length > 0; name = nameAfter(name)) {
    await store.update<readonly Entry[]>('logs', name, (before = []) => {
      const added = rest.slice(0, roomAfter(before, rest));
      rest = rest.slice(added.length);
      return [...before, ...added];
    });
    if (name !== names.at(-1)) names.push(name);
  }
  for (const old of names.slice(0, -CHUNKS)) await store.remove('logs', old);
}

const lengthOf = (entry: LogEntry): number => JSON.stringify(entry).length;

/** How many more entries a record takes: it is written anew with each of them, and read as a whole. */
function roomAfter(before: readonly LogEntry[], more: readonly LogEntry[]): number {
  let length = before.reduce((sum, entry) => sum + lengthOf(entry), 0);
  const end = more.slice(0, Math.max(0, CHUNK - before.length)).findIndex((entry) => {
    length += lengthOf(entry);
    return length > LENGTH;
  });
  const room = end === -1 ? CHUNK - before.length : end;
  return before.length === 0 ? Math.max(1, room) : Math.max(0, room);
}

/** Later than the last one, whatever the clock says; the random part keeps two writers apart. */
function nameAfter(last = ''): string {
  const time = Math.max(Date.now(), (Number.parseInt(last, 10) || 0) + 1);
  return `${String(time).padStart(14, '0')}-${randomHex(4)}`;
}

/** Reads a page of the log. Throws VALIDATION_ERROR for a bad `limit` or `before`. */
export async function readLogs(store: Store, range: unknown = {}): Promise<LogPage> {
  if (!isFields(range)) throw failure('BAD_REQUEST', `logs takes an object, not ${kindOf(range)}.`);
  const limit = optionalNumber(range, 'limit', { min: 1, max: KEPT_LIMITS.logPage, whole: true }) ?? 50;
  const cursor = parseCursor(optionalString(range, 'before'));
  const names = (await store.keys('logs')).filter((name) => !cursor || name <= cursor.name).reverse();
  const logs: LogEntry[] = [];
  let length = 0;
  for (const name of names) {
    const entries = (await store.get<readonly Entry[]>('logs', name)) ?? [];
    const end = name === cursor?.name ? Math.min(cursor.index, entries.length) : entries.length;
    for (let index = end - 1; index >= 0; index--) {
      const entry = entries[index] as LogEntry;
      logs.push(entry);
      length += lengthOf(entry);
      if (logs.length === limit || length >= LENGTH)
        return { logs, next: index > 0 || name !== names.at(-1) ? `${name}.${index}` : null };
    }
  }
  return { logs, next: null };
}

/** The `next` of a page. */
export const CURSOR = /^([0-9]{14}-[0-9a-f]{8})\.([0-9]{1,6})$/;

/** An entry by its record and its place there; all before it come next. */
function parseCursor(before: string | undefined): { name: string; index: number } | undefined {
  if (before === undefined) return undefined;
  const [, name, index] = CURSOR.exec(before) ?? [];
  if (name === undefined) throw invalid('before', `before must be the next of another page, not ${quote(before)}.`);
  return { name, index: Number(index) };
}
