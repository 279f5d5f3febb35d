import type { NliModel } from '../manifest.js';
import type { Input, Session } from '../onnx.js';

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
  async run(pairs: readonly PairIds[], signal: AbortSignal): Promise<Float32Array> {
    const { inputs, output, classes, entailment } = this.#shape;
    const feeds = this.#feeds(pairs, inputs);
    const logits = (await this.#session.run(feeds, [output], signal))[output] ?? new Float32Array();
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
    const width = rows.reduce((most, row) => Math.max(most, row.length), 0);
    const ids = new BigInt64Array(rows.length * width).fill(BigInt(pad));
    const mask = new BigInt64Array(ids.length);
    const types = new BigInt64Array(ids.length);
    for (const [r, row] of rows.entries()) {
      const second = open.length + (pairs[r]?.premise.length ?? 0) + between.length;
      for (const [t, id] of row.entries()) {
        ids[r * width + t] = BigInt(id);
        mask[r * width + t] = 1n;
        if (t >= second) types[r * width + t] = 1n;
      }
    }
    const input = (data: BigInt64Array): Input => ({ type: 'int64', data, dims: [rows.length, width] });
    return {
      [inputs.ids]: input(ids),
      [inputs.mask]: input(mask),
      ...(inputs.types !== undefined && { [inputs.types]: input(types) }),
    };
  }
}

/** `logit − log Σ exp` of the other logits. */
function odds(logits: Float32Array, entailment: number): number {
  const others = logits.filter((_, c) => c !== entailment);
  const top = others.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const rest = top + Math.log(others.reduce((sum, logit) => sum + Math.exp(logit - top), 0));
  return (logits[entailment] ?? 0) - rest;
}
