import { isFields } from '../../contract/checks.js';
import { sha256 } from '../../contract/digest.js';
import { once } from '../../contract/once.js';
import type { ModelSpec } from '../../engines/manifest.js';
import type { Store } from '../../store/store.js';
import { Later } from '../later.js';
import { pack } from './packed.js';
import { merge } from './shard.js';

/** What was computed for labels, by a hash of what was said about them. */
export type Computed = Readonly<Record<string, Float32Array>>;
/** The same as it is kept, and when it was computed or last used, in milliseconds since 1970. */
export type KeptVectors = Readonly<Record<string, { readonly vector: string; readonly at: number }>>;

/** Whether a value is a record of them. */
export const isVectors = (value: unknown): boolean =>
  isFields(value) &&
  Object.values(value).every(
    (one) => isFields(one) && typeof one['at'] === 'number' && typeof one['vector'] === 'string',
  );

/** What computes them besides the model, with its version: it may round differently in another one. */
export const RUNTIME = 'onnxruntime-web 1.30';
/** Records that those of a model are spread over, so that adding a few rewrites little. */
const RECORDS = 8;
/** Characters of a record: two thousand labels of the embedded model in all of them together. */
const LIMITS = { bytes: 13_000_000 / RECORDS, milliseconds: Number.POSITIVE_INFINITY };

/** What is kept of one model. */
export interface ModelVectors {
  read(): Promise<KeptVectors>;
  /** Keeps more; it is written soon. */
  add(computed: Computed): void;
}

/**
 * What was computed for labels, by model, for later pages and processes.
 *
 * A store that cannot be read or written costs time and nothing else, and one that forgets is left alone.
 */
export class VectorCache {
  readonly #store: () => Promise<Store>;
  readonly #embedded: readonly ModelSpec[];
  readonly #later = new Later(() => this.#write().catch(() => undefined));
  #added: { key: () => Promise<string>; computed: Computed }[] = [];
  /** Whether models that are gone have been looked for. */
  #tidied = false;

  constructor(store: () => Promise<Store>, embedded: readonly ModelSpec[]) {
    this.#store = store;
    this.#embedded = embedded;
  }

  of(spec: ModelSpec): ModelVectors {
    const key = once(() => keyOf(spec));
    return {
      read: async () => {
        const [store, own] = [await this.#store(), await key()];
        const names = Array.from({ length: RECORDS }, (_, record) => `${own}-${record}`);
        const records = names.map((name) => store.get<KeptVectors>('vectors', name).catch(() => undefined));
        return Object.assign({}, ...(await Promise.all(records)));
      },
      add: (computed) => {
        if (Object.keys(computed).length === 0) return;
        this.#added.push({ key, computed });
        this.#later.soon();
      },
    };
  }

  /** Writes what is not written yet. */
  flush(): Promise<void> {
    return this.#later.flush();
  }

  async clear(): Promise<void> {
    this.#added = [];
    await this.flush();
    const store = await this.#store();
    for (const name of await store.keys('vectors')) await store.remove('vectors', name);
  }

  async #write(): Promise<void> {
    const added = this.#added;
    this.#added = [];
    if (added.length === 0) return;
    const store = await this.#store();
    if (store.files.address('vectors/any') === undefined) return;
    const records: Record<string, Record<string, KeptVectors[string]>> = {};
    for (const { key, computed } of added) {
      const own = await key();
      for (const [hash, numbers] of Object.entries(computed)) {
        const name = `${own}-${Number.parseInt(hash.slice(0, 2), 16) % RECORDS}`;
        records[name] ??= {};
        records[name][hash] = { vector: pack(numbers), at: Date.now() };
      }
    }
    for (const [name, fresh] of Object.entries(records)) {
      await store.update<KeptVectors>('vectors', name, (before = {}) => merge(before, fresh, LIMITS, Date.now()));
    }
    if (!this.#tidied) await this.#tidy(store);
    this.#tidied = true;
  }

  /** Removes what is kept of models that are no longer there, or have changed. */
  async #tidy(store: Store): Promise<void> {
    const records = await Promise.all((await store.keys('models')).map((key) => store.get('models', key)));
    const installed = records.map((record) => (isFields(record) ? record['spec'] : undefined));
    const known = await Promise.all([...this.#embedded, ...installed].map(keyOf));
    for (const name of await store.keys('vectors')) {
      if (!known.includes(name.slice(0, name.indexOf('-')))) await store.remove('vectors', name);
    }
  }
}

const keyOf = (spec: unknown): Promise<string> => sha256(JSON.stringify([RUNTIME, spec]));
