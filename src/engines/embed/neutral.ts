import { once } from '../../contract/once.js';
import type { Effort } from '../engine.js';
import { ContentCache } from './cache.js';
import type { Recall } from './recall.js';
import type { Scanned } from './scan.js';
import { type LabelVectors, type Scorer, stackLabels } from './scorer.js';

/** Scores labels on texts about nothing in particular: how much a label fits anything. */
export class NeutralScores {
  readonly #scorer: Scorer;
  readonly #texts: () => Promise<Scanned[][]>;
  readonly #known: ContentCache<number>;

  /** `read` runs the encoder over the neutral texts; it is called once, on first use. */
  constructor(scorer: Scorer, read: () => Promise<Scanned[][]>, remembered: number) {
    this.#scorer = scorer;
    this.#texts = once(read);
    this.#known = new ContentCache(remembered);
  }

  /** Mean score of each label over the neutral texts. `keys` name the labels' vectors by content. */
  async get(
    keys: readonly string[],
    rows: readonly LabelVectors[],
    effort: Effort,
    recall: Recall,
  ): Promise<Float32Array> {
    const score = (some: readonly string[]) =>
      this.#score(
        some.map((key) => rows[keys.indexOf(key)] as LabelVectors),
        effort,
      );
    const known = await this.#known.get(keys, async (missing) => {
      const priors = await recall.get('prior', 1, missing, async (open) =>
        (await score(open)).map((one) => Float32Array.of(one)),
      );
      return priors.map(([prior = 0]) => prior);
    });
    return Float32Array.from(keys, (key) => known.get(key) ?? 0);
  }

  async #score(rows: readonly LabelVectors[], effort: Effort): Promise<number[]> {
    const texts = await this.#texts();
    const labels = stackLabels(rows);
    const sums = new Float64Array(rows.length);
    for (const windows of texts) {
      const state = await this.#scorer.state(windows, labels, effort);
      for (const [l, score] of this.#scorer.scores(state, labels).entries()) sums[l] = (sums[l] ?? 0) + score;
    }
    return Array.from(sums, (sum) => sum / texts.length);
  }
}
