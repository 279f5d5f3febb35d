import { ContentCache } from './cache.js';
import { stack } from './matrix.js';
import type { Scanned } from './scan.js';
import type { Scorer } from './scorer.js';

/** A label's two vectors of length 1: see `LabelVectors`. */
export interface LabelRow {
  readonly named: Float32Array;
  readonly compared: Float32Array;
}

/** Scores labels on texts about nothing in particular: how much a label fits anything. */
export class NeutralScores {
  readonly #scorer: Scorer;
  readonly #read: () => Promise<Scanned[][]>;
  readonly #known: ContentCache<number>;
  #texts: Promise<Scanned[][]> | undefined;

  /** `read` runs the encoder over the neutral texts; it is called once, on first use. */
  constructor(scorer: Scorer, read: () => Promise<Scanned[][]>, remembered: number) {
    this.#scorer = scorer;
    this.#read = read;
    this.#known = new ContentCache(remembered);
  }

  /** Mean score of each label over the neutral texts. `keys` name the labels' vectors by content. */
  async get(keys: readonly string[], rows: readonly LabelRow[], signal: AbortSignal): Promise<Float32Array> {
    const known = await this.#known.get(keys, (missing) =>
      this.#score(
        missing.map((key) => rows[keys.indexOf(key)] as LabelRow),
        signal,
      ),
    );
    return Float32Array.from(keys, (key) => known.get(key) ?? 0);
  }

  async #score(rows: readonly LabelRow[], signal: AbortSignal): Promise<number[]> {
    const texts = await this.#neutral();
    const labels = { named: stack(rows.map((row) => row.named)), compared: stack(rows.map((row) => row.compared)) };
    const depth = rows[0]?.named.length ?? 0;
    const sums = new Float64Array(rows.length);
    for (const windows of texts) {
      const state = await this.#scorer.state(windows, labels, depth, signal);
      for (const [l, score] of this.#scorer.scores(state, labels).entries()) sums[l] = (sums[l] ?? 0) + score;
    }
    return Array.from(sums, (sum) => sum / texts.length);
  }

  #neutral(): Promise<Scanned[][]> {
    this.#texts ??= this.#read().catch((error: unknown) => {
      // A failure must not be remembered.
      this.#texts = undefined;
      throw error;
    });
    return this.#texts;
  }
}
