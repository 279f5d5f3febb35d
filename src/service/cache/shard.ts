import { isFields } from '../../contract/checks.js';
import type { Json } from '../../store/store.js';

/** A remembered answer, and when it was given, in milliseconds since 1970. */
export interface Entry {
  readonly answer: Json;
  readonly at: number;
}

/** Answers by key. */
export type Shard = Readonly<Record<string, Entry>>;

/** Whether a value is a shard. */
export const isShard = (value: unknown): boolean =>
  isFields(value) &&
  Object.values(value).every((one) => isFields(one) && typeof one['at'] === 'number' && isFields(one['answer']));

/** What a shard may hold. */
export interface ShardLimits {
  /** Characters of keys and answers as JSON. */
  readonly bytes: number;
  readonly milliseconds: number;
}

/** Adds answers to a shard, then drops what is too old and, oldest first, what is too much. */
export function merge(before: Shard, added: Shard, limits: ShardLimits, now: number): Shard {
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
export const weight = (key: string, entry: Entry): number => key.length + JSON.stringify(entry).length + 4;
