import type { Effort } from '../engine.js';
import type { EmbedModel } from '../manifest.js';
import type { Input, Session } from '../onnx.js';
import type { Encoded } from './encoder.js';

/** For each row, token and label: how much the label looks at the token, and what it sees there. */
export interface Attended {
  /** `[rows, width, labels]`, logits before the softmax over tokens. */
  readonly attention: Float32Array;
  /** `[rows, width, labels]`. */
  readonly value: Float32Array;
}

type HeadNames = NonNullable<EmbedModel['head']>;

/** Rows and tokens of a batch. */
interface Size {
  readonly rows?: number;
  readonly width?: number;
}

const NONE = new Float32Array();

/** What labels look for in tokens, and what they make of them: `[labels, dimensions]` each. */
export interface Looks {
  readonly asks: Float32Array;
  readonly gives: Float32Array;
}

/** What labels find in a text's tokens. */
export interface LabelAttention {
  /** `vectors`: label vectors of length 1, `[labels, dimensions]`. What comes of them holds for every text. */
  map(vectors: Float32Array, effort: Effort): Promise<Looks>;
  run(encoded: Encoded, looks: Looks, effort: Effort): Promise<Attended>;
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

  async map(vectors: Float32Array, effort: Effort): Promise<Looks> {
    const [asks = NONE, gives = NONE] = await this.#run({ labels: vectors }, ['asks', 'gives'], effort);
    return { asks, gives };
  }

  async run({ states, rows, width }: Encoded, { asks, gives }: Looks, effort: Effort): Promise<Attended> {
    const given = { tokens: states, asked: asks, given: gives, rows, width };
    const [attention = NONE, value = NONE] = await this.#run(given, ['attention', 'value'], effort);
    return { attention, value };
  }

  /** The graph does two things and wants the inputs of both: those that are not used are one row of zeros. */
  async #run(
    { rows = 1, width = 1, ...given }: Partial<Record<keyof HeadNames['inputs'], Float32Array>> & Size,
    wanted: readonly (keyof HeadNames['outputs'])[],
    effort: Effort,
  ): Promise<(Float32Array | undefined)[]> {
    const { inputs, outputs } = this.#names;
    const depth = this.#dimensions;
    const nothing = new Float32Array(depth);
    const { tokens = nothing, labels = nothing, asked = nothing, given: gives = nothing } = given;
    const matrix = (data: Float32Array): Input => ({ type: 'float32', data, dims: [data.length / depth, depth] });
    const out = await this.#session.run(
      {
        [inputs.tokens]: { type: 'float32', data: tokens, dims: [rows, width, depth] },
        [inputs.labels]: matrix(labels),
        [inputs.asked]: matrix(asked),
        [inputs.given]: matrix(gives),
      },
      wanted.map((name) => outputs[name]),
      effort,
    );
    return wanted.map((name) => out[outputs[name]]);
  }
}
