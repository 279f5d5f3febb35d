import type { Effort } from '../engine.js';
import type { EmbedModel } from '../manifest.js';
import type { Encoded } from './encoder.js';
import type { Attended, LabelAttention, Looks } from './head.js';
import { stack } from './matrix.js';
import type { Span } from './passages.js';
import { ReadingState } from './reading.js';
import type { Scanned } from './scan.js';

/** Labels as one model sees them, `[labels, dimensions]` each. */
export interface LabelVectors extends Looks {
  /** What a text's vector is compared with, of length 1: what name and description mean, or that moved towards examples. */
  readonly compared: Float32Array;
}

/** The vectors of several labels, each given with one row, as one. */
export const stackLabels = (rows: readonly LabelVectors[]): LabelVectors => ({
  asks: stack(rows.map((row) => row.asks)),
  gives: stack(rows.map((row) => row.gives)),
  compared: stack(rows.map((row) => row.compared)),
});

/** Scores what was read of a text against labels. */
export class Scorer {
  readonly #head: LabelAttention;
  readonly #mix: EmbedModel['mix'];
  readonly #depth: number;

  constructor(head: LabelAttention, { mix, encoder }: EmbedModel) {
    this.#head = head;
    this.#mix = mix;
    this.#depth = encoder.dimensions;
  }

  /** What each of some labels looks for, by their vectors of length 1. */
  async map(vectors: readonly Float32Array[], effort: Effort): Promise<Looks[]> {
    const { asks, gives } = await this.#head.map(stack(vectors), effort);
    const row = (all: Float32Array, l: number) => all.slice(l * this.#depth, (l + 1) * this.#depth);
    return vectors.map((_, l) => ({ asks: row(asks, l), gives: row(gives, l) }));
  }

  /** What the labels find in the tokens of a batch; nothing when neither scores nor evidence need it. */
  async attend(encoded: Encoded, labels: LabelVectors, effort: Effort): Promise<Attended | undefined> {
    return encoded.states.length > 0 ? this.#head.run(encoded, labels, effort) : undefined;
  }

  /** Whether scores need the tokens' states. */
  get attends(): boolean {
    return this.#mix.attention !== 0;
  }

  /** A text's score for each label. */
  scores(state: ReadingState, { compared }: LabelVectors): Float32Array {
    return state.scores(compared, this.#mix);
  }

  /** A text of which nothing was read yet; `spans` are its passages when evidence is wanted. */
  start({ compared }: LabelVectors, spans?: readonly Span[]): ReadingState {
    return new ReadingState(this.#depth, compared.length / this.#depth, spans);
  }

  /** A whole text from its windows. */
  async state(windows: readonly Scanned[], labels: LabelVectors, effort: Effort): Promise<ReadingState> {
    const state = this.start(labels);
    for (const one of windows) state.add(one, await this.attend(one.encoded, labels, effort));
    return state;
  }
}
