import type { EmbedModel } from '../manifest.js';
import type { Head } from './head.js';
import { stack } from './matrix.js';
import { ReadingState } from './reading.js';
import type { Scanned } from './scan.js';
import { VectorCache } from './vectors.js';

/** Scores labels on texts about nothing in particular: how much a label fits anything. */
export class NeutralScores {
  readonly #head: Head;
  readonly #mix: EmbedModel['mix'];
  readonly #scan: () => Promise<Scanned[][]>;
  readonly #known: VectorCache;
  #scanned: Promise<Scanned[][]> | undefined;

  /** `scan` runs the encoder over the neutral texts; it is called once, on first use. */
  constructor(head: Head, mix: EmbedModel['mix'], scan: () => Promise<Scanned[][]>, remembered: number) {
    this.#head = head;
    this.#mix = mix;
    this.#scan = scan;
    this.#known = new VectorCache(remembered);
  }

  /** Mean score of each label over the neutral texts. `keys` name the labels' vectors by content. */
  async get(keys: readonly string[], vectors: readonly Float32Array[], signal: AbortSignal): Promise<Float32Array> {
    const known = await this.#known.get(keys, async (missing) => {
      const due = missing.map((key) => vectors[keys.indexOf(key)] as Float32Array);
      return (await this.#score(due, signal)).map((prior) => Float32Array.of(prior));
    });
    return Float32Array.from(keys, (key) => known.get(key)?.[0] ?? 0);
  }

  async #score(rows: readonly Float32Array[], signal: AbortSignal): Promise<number[]> {
    const batches = await this.#neutral();
    const vectors = stack(rows);
    const depth = rows[0]?.length ?? 0;
    const sums = new Float64Array(rows.length);
    for (const batch of batches) {
      const first = batch[0];
      const attended =
        first && this.#mix.attention !== 0 ? await this.#head.run(first.encoded, vectors, signal) : undefined;
      for (const one of batch) {
        const state = new ReadingState(depth, rows.length);
        state.add(one, attended);
        for (const [l, score] of state.scores(vectors, this.#mix).entries()) sums[l] = (sums[l] ?? 0) + score;
      }
    }
    const texts = batches.reduce((sum, batch) => sum + batch.length, 0);
    return Array.from(sums, (sum) => sum / texts);
  }

  #neutral(): Promise<Scanned[][]> {
    this.#scanned ??= this.#scan().catch((error: unknown) => {
      // A failure must not be remembered.
      this.#scanned = undefined;
      throw error;
    });
    return this.#scanned;
  }
}
