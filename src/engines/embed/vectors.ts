/** Vectors of texts seen lately, by the text itself, so that two texts are never mistaken for each other. */
export class VectorCache {
  readonly #vectors = new Map<string, Float32Array>();
  readonly #capacity: number;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** The vectors of all texts; those not yet known are computed together. */
  async get(
    texts: readonly string[],
    compute: (missing: string[]) => Promise<Float32Array[]>,
  ): Promise<Map<string, Float32Array>> {
    const missing = [...new Set(texts.filter((text) => !this.#vectors.has(text)))];
    const computed = missing.length > 0 ? await compute(missing) : [];
    const fresh = new Map(missing.map((text, i) => [text, computed[i] as Float32Array]));
    const found = new Map<string, Float32Array>();
    for (const text of texts) {
      const vector = fresh.get(text) ?? this.#vectors.get(text);
      if (vector) found.set(text, vector);
    }
    this.#keep(found);
    return found;
  }

  /** Remembers the texts as the ones used last, and forgets the oldest beyond the capacity. */
  #keep(used: ReadonlyMap<string, Float32Array>): void {
    for (const [text, vector] of used) {
      this.#vectors.delete(text);
      this.#vectors.set(text, vector);
    }
    for (const text of this.#vectors.keys()) {
      if (this.#vectors.size <= this.#capacity) return;
      this.#vectors.delete(text);
    }
  }
}
