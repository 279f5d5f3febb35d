import type { EmbedModel } from '../manifest.js';
import type { Session } from '../onnx.js';
import type { Encoded } from './encoder.js';

/** For each row, token and label: how much the label looks at the token, and what it sees there. */
export interface Attended {
  /** `[rows, width, labels]`, logits before the softmax over tokens. */
  readonly attention: Float32Array;
  /** `[rows, width, labels]`. */
  readonly value: Float32Array;
}

type HeadNames = NonNullable<EmbedModel['head']>;

/** What labels find in a text's tokens. */
export interface LabelAttention {
  /** `vectors`: label vectors of length 1, `[labels, dimensions]`. */
  run(encoded: Encoded, vectors: Float32Array, signal: AbortSignal): Promise<Attended>;
}

/** The head in which labels attend to a text's tokens. */
export class Head implements LabelAttention {
  readonly #session: Session;
  readonly #names: HeadNames;
  readonly #dimensions: number;

  constructor(session: Session, names: HeadNames, dimensions: number) {
    this.#session = session;
    this.#names = names;
    this.#dimensions = dimensions;
  }

  async run({ states, rows, width }: Encoded, vectors: Float32Array, signal: AbortSignal): Promise<Attended> {
    const { inputs, outputs } = this.#names;
    const depth = this.#dimensions;
    const out = await this.#session.run(
      {
        [inputs.tokens]: { type: 'float32', data: states, dims: [rows, width, depth] },
        [inputs.labels]: { type: 'float32', data: vectors, dims: [vectors.length / depth, depth] },
      },
      [outputs.attention, outputs.value],
      signal,
    );
    const empty = new Float32Array();
    return { attention: out[outputs.attention] ?? empty, value: out[outputs.value] ?? empty };
  }
}
