import { isFields } from '../../contract/checks.js';
import type { Json } from '../../store/store.js';

interface Dated {
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** A remembered answer, and when it was given. */
export interface Entry extends Dated {
  readonly answer: Json;
}

/** Answers by key. */
export type Shard = Readonly<Record<string, Entry>>;

/** Whether a value is a shard. */
export const isShard = (value: unknown): boolean =>
  isFields(value) &&
  Object.values(value).every((one) => isFields(one) && typeof one['at'] === 'number' && isFields(one['answer']));

/** What a shard may hold. */
export interface ShardLimits {
  /** Characters of keys and entries as JSON. */
  readonly bytes: number;
  readonly milliseconds: number;
}

/** Adds entries to a record, then drops what is too old and, oldest first, what is too much. */
export function merge<Kept extends Dated>(
  before: Readonly<Record<string, Kept>>,
  added: Readonly<Record<string, Kept>>,
  limits: ShardLimits,
  now: number,
): Readonly<Record<string, Kept>> {
  const newest = Object.entries({ ...before, ...added }).sort(([, a], [, b]) => b.at - a.at);
  let room = limits.bytes;
  return Object.fromEntries(
    newest.filter(([key, entry]) => {
      if (now - entry.at >= limits.milliseconds) return false;
      room -= weight(key, entry);
      return room >= 0;
    }),
  );
}

/** About the bytes that an entry takes. */
export const weight = (key: string, entry: Dated): number => key.length + JSON.stringify(entry).length + 4;
