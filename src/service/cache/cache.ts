import type { Json, Store } from '../../store/store.js';
import { Later } from '../later.js';
import { type Entry, merge, type Shard, weight } from './shard.js';

/** Bounds of an answer cache. */
export interface CacheLimits {
  /** Bytes of all answers together. */
  readonly bytes: number;
  /** Seconds for which an answer is remembered. */
  readonly seconds: number;
}

/** What a cache holds. */
export interface CacheSize {
  entries: number;
  bytes: number;
}

/** Records that the answers are spread over, so that writing one answer rewrites little. */
const SHARDS = 64;

/**
 * Answers by key, bounded in bytes and time, kept in a store.
 *
 * A store that cannot be read or written costs the memory of answers and nothing else.
 */
export class AnswerCache {
  readonly #store: () => Promise<Store>;
  readonly #limits: CacheLimits;
  readonly #later = new Later(() => this.#write());
  readonly #shards = new Map<string, Promise<Shard>>();
  readonly #added = new Map<string, Map<string, Entry>>();

  constructor(store: () => Promise<Store>, limits: CacheLimits) {
    this.#store = store;
    this.#limits = limits;
  }

  /** The answer and its age in seconds. */
  async get(key: string): Promise<{ answer: Json; age: number } | undefined> {
    const name = shardOf(key);
    const entry = this.#added.get(name)?.get(key) ?? (await this.#shard(name))[key];
    if (!entry) return undefined;
    const age = Math.max(0, (Date.now() - entry.at) / 1000);
    return age < this.#limits.seconds ? { answer: entry.answer, age } : undefined;
  }

  /** Remembers an answer; it is written soon. */
  put(key: string, answer: Json): void {
    const name = shardOf(key);
    const added = this.#added.get(name) ?? new Map<string, Entry>();
    this.#added.set(name, added.set(key, { answer, at: Date.now() }));
    this.#later.soon();
  }

  /** Writes what is not written yet. */
  flush(): Promise<void> {
    return this.#later.flush();
  }

  async clear(): Promise<void> {
    this.#added.clear();
    await this.flush();
    this.#shards.clear();
    const store = await this.#store();
    for (const name of await store.keys('answers')) await store.remove('answers', name);
  }

  async size(): Promise<CacheSize> {
    await this.flush();
    const store = await this.#store();
    const size = { entries: 0, bytes: 0 };
    for (const name of await store.keys('answers')) {
      for (const [key, entry] of Object.entries((await store.get<Record<string, never>>('answers', name)) ?? {})) {
        size.entries++;
        size.bytes += weight(key, entry);
      }
    }
    return size;
  }

  #shard(name: string): Promise<Shard> {
    const known = this.#shards.get(name);
    if (known) return known;
    const read = this.#store()
      .then((store) => store.get<Record<string, never>>('answers', name))
      .then(
        (shard = {}) => shard as Shard,
        () => ({}),
      );
    this.#shards.set(name, read);
    return read;
  }

  async #write(): Promise<void> {
    const { bytes, seconds } = this.#limits;
    const limits = { bytes: bytes / SHARDS, milliseconds: seconds * 1000 };
    for (const [name, added] of [...this.#added]) {
      this.#added.delete(name);
      const known = this.#shards.get(name);
      const join = (before: Shard) => merge(before, Object.fromEntries(added), limits, Date.now());
      // What another tab or process added is learnt on the way, and what it removed stays removed.
      const written = this.#store().then((store) =>
        store.update<Record<string, never>>('answers', name, (before = {}) => join(before) as Record<string, never>),
      );
      const kept = written.then(
        (shard = {}) => shard as Shard,
        async () => join((await known) ?? {}),
      );
      this.#shards.set(name, kept);
      await kept;
    }
  }
}

const shardOf = (key: string): string => String(Number.parseInt(key.slice(0, 4), 16) % SHARDS).padStart(2, '0');
