import { failure } from '../../contract/errors.js';
import type { Effort } from '../engine.js';
import type { NliModel } from '../manifest.js';
import type { Input, Session } from '../onnx.js';
import { padRows } from '../rows.js';

/** A text and a hypothesis as token ids, special tokens left out. */
export interface PairIds {
  readonly premise: ArrayLike<number>;
  readonly hypothesis: ArrayLike<number>;
}

/** Ids of the special tokens around and between the two. */
export interface Marks {
  readonly open: readonly number[];
  readonly between: readonly number[];
  readonly close: readonly number[];
  readonly pad: number;
}

/** Reads a text and a hypothesis together: how likely the one follows from the other. */
export class PairClassifier {
  readonly #session: Session;
  readonly #shape: NliModel['classifier'];
  readonly #marks: Marks;

  constructor(session: Session, shape: NliModel['classifier'], marks: Marks) {
    this.#session = session;
    this.#shape = shape;
    this.#marks = marks;
  }

  /** Log odds of entailment against all other classes, one a pair; pairs are padded to the longest. */
  async run(pairs: readonly PairIds[], effort: Effort): Promise<Float32Array> {
    const { inputs, output, classes, entailment } = this.#shape;
    const feeds = this.#feeds(pairs, inputs);
    const logits = (await this.#session.run(feeds, [output], effort))[output] ?? new Float32Array();
    if (logits.length !== classes * pairs.length) {
      const own = logits.length / pairs.length;
      throw failure(
        'MODEL_UNAVAILABLE',
        `Its graph gives ${own} numbers a pair, and its config.json ${classes} classes.`,
      );
    }
    return Float32Array.from(pairs, (_, p) => odds(logits.subarray(p * classes, (p + 1) * classes), entailment));
  }

  #feeds(pairs: readonly PairIds[], inputs: NliModel['classifier']['inputs']): Record<string, Input> {
    const { open, between, close, pad } = this.#marks;
    const rows = pairs.map(({ premise, hypothesis }) => [
      ...open,
      ...Array.from(premise),
      ...between,
      ...Array.from(hypothesis),
      ...close,
    ]);
    const seconds = pairs.map(({ premise }) => open.length + premise.length + between.length);
    return padRows(rows, pad, inputs, seconds).feeds;
  }
}

/** `logit − log Σ exp` of the other logits. */
function odds(logits: Float32Array, entailment: number): number {
  const others = logits.filter((_, c) => c !== entailment);
  const top = others.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const rest = top + Math.log(others.reduce((sum, logit) => sum + Math.exp(logit - top), 0));
  return (logits[entailment] ?? 0) - rest;
}
