import type { Label } from '../../contract/task.js';
import { type Calibration, exclusive } from '../../decide/calibration.js';
import { type Correction, type ExampleConstants, fitCorrection, type Shown } from '../../decide/correction.js';
import type { Effort } from '../engine.js';
import { labelsByExample } from '../shown.js';
import { ContentCache } from './cache.js';
import type { Reader } from './reader.js';
import type { Scanned } from './scan.js';
import type { LabelVectors, Scorer } from './scorer.js';

/** Examples read before the next are begun, which bounds what is held at once. */
const TOGETHER = 128;
/** Numbers that are remembered: of examples that were read (32 MB), and of corrections (16 MB). */
const READ = 8_000_000;
const FITTED = 4_000_000;

/** What else decides a correction. */
interface Given extends LabelVectors {
  readonly labels: readonly Label[];
  readonly priors: Float32Array;
  /** Names all of this by content. */
  readonly key: string;
  readonly effort: Effort;
}

/** Learns from the examples of labels that exclude one another; each set of them once. */
export class CorrectionSource {
  readonly #reader: Reader;
  readonly #scorer: Scorer;
  readonly #calibration: Calibration;
  readonly #constants: ExampleConstants;
  readonly #read = new ContentCache<Scanned[]>(READ, (windows) =>
    windows.reduce((sum, { encoded }) => sum + encoded.states.length + encoded.pooled.length, 0),
  );
  readonly #fitted = new ContentCache<Correction>(
    FITTED,
    ({ weights, bias, near }) => weights.length + near.length * (weights.length / bias.length + bias.length),
  );

  constructor(reader: Reader, scorer: Scorer, calibration: Calibration, constants: ExampleConstants) {
    this.#reader = reader;
    this.#scorer = scorer;
    this.#calibration = calibration;
    this.#constants = constants;
  }

  /** The correction that the labels' examples ask for; undefined when there are none. */
  async get(given: Given): Promise<Correction | undefined> {
    if (given.labels.every(({ examples }) => examples.length === 0)) return undefined;
    const fitted = await this.#fitted.get([given.key], async () => [await this.#fit(given)]);
    return fitted.get(given.key);
  }

  async #fit(given: Given): Promise<Correction> {
    const { labels, priors, effort } = given;
    const fitting = labelsByExample(labels);
    const texts = [...fitting.keys()];
    const shown: Shown[] = [];
    for (let from = 0; from < texts.length; from += TOGETHER) {
      const some = texts.slice(from, from + TOGETHER);
      const read = await this.#read.get(some, (missing) => this.#reader.states(missing, effort));
      for (const text of some) {
        const state = await this.#scorer.state(read.get(text) ?? [], given, effort);
        const scores = this.#scorer.scores(state, given);
        const chances = exclusive({ scores, priors }, this.#calibration);
        shown.push({ vector: state.vector(), labels: fitting.get(text) ?? [], chances });
      }
    }
    return fitCorrection(shown, labels.length, this.#constants);
  }
}
