/** What was computed for texts seen lately, by the text itself, so that two texts are never mistaken for each other. */
export class ContentCache<V> {
  readonly #values = new Map<string, V>();
  readonly #capacity: number;
  readonly #size: (value: V) => number;
  #used = 0;

  /** `size` says how much of the capacity a value takes; 1 unless given. */
  constructor(capacity: number, size: (value: V) => number = () => 1) {
    this.#capacity = capacity;
    this.#size = size;
  }

  has(text: string): boolean {
    return this.#values.has(text);
  }

  /** The values of all texts; those not yet known are computed together. */
  async get(texts: readonly string[], compute: (missing: string[]) => Promise<V[]>): Promise<Map<string, V>> {
    const missing = [...new Set(texts.filter((text) => !this.#values.has(text)))];
    const computed = missing.length > 0 ? await compute(missing) : [];
    const fresh = new Map(missing.map((text, i) => [text, computed[i] as V]));
    const found = new Map<string, V>();
    for (const text of texts) {
      const value = fresh.get(text) ?? this.#values.get(text);
      if (value !== undefined) found.set(text, value);
    }
    this.#keep(found);
    return found;
  }

  /** Remembers the texts as the ones used last, and forgets the oldest beyond the capacity. */
  #keep(used: ReadonlyMap<string, V>): void {
    for (const [text, value] of used) {
      this.#forget(text);
      this.#values.set(text, value);
      this.#used += this.#size(value);
    }
    for (const text of this.#values.keys()) {
      if (this.#used <= this.#capacity) return;
      this.#forget(text);
    }
  }

  #forget(text: string): void {
    const value = this.#values.get(text);
    if (value === undefined) return;
    this.#values.delete(text);
    this.#used -= this.#size(value);
  }
}
