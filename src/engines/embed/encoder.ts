import type { Effort } from '../engine.js';
import type { EmbedModel, Pooling } from '../manifest.js';
import type { Session } from '../onnx.js';
import { padRows } from '../rows.js';

/** Hidden states of a batch of windows, row-major. */
export interface Encoded {
  /** `[rows, width, dimensions]`; empty when only the pooled vectors were asked for. */
  readonly states: Float32Array;
  /** `[rows, dimensions]`: one vector a row, not normalised. */
  readonly pooled: Float32Array;
  readonly rows: number;
  /** Tokens of the longest row, special tokens included. */
  readonly width: number;
}

/** A batch of rows; `lengths` are their tokens without the padding to `width`. */
interface Rows {
  readonly lengths: readonly number[];
  readonly width: number;
  readonly depth: number;
  readonly pooling: Pooling | undefined;
}

/** Makes one vector a row of its tokens' states. */
export type Pool = (states: Float32Array, rows: Rows) => Float32Array;

/** The text encoder: token ids in, hidden states out. */
export class Encoder {
  readonly #session: Session;
  readonly #shape: EmbedModel['encoder'];
  readonly #pad: number;
  readonly #pool: Pool | undefined;

  /** `pool` is for graphs that give no vectors of rows themselves. */
  constructor(session: Session, shape: EmbedModel['encoder'], pad: number, pool?: Pool) {
    this.#pool = pool;
    this.#session = session;
    this.#shape = shape;
    this.#pad = pad;
  }

  /** Runs rows of ids (special tokens included), padded to the longest. */
  async run(rows: readonly ArrayLike<number>[], withStates: boolean, effort: Effort): Promise<Encoded> {
    const { inputs, outputs, pooling, dimensions } = this.#shape;
    const { feeds, width } = padRows(rows, this.#pad, inputs);
    const wanted = outputs.pooled === undefined ? [] : [outputs.pooled];
    if (withStates || wanted.length === 0) wanted.push(outputs.tokens);
    const out = await this.#session.run(feeds, wanted, effort);
    const states = out[outputs.tokens] ?? new Float32Array();
    const lengths = rows.map((row) => row.length);
    const shape = { lengths, width, depth: dimensions, pooling };
    const pooled = out[outputs.pooled ?? ''] ?? this.#pool?.(states, shape) ?? new Float32Array();
    return { states: withStates ? states : new Float32Array(), pooled, rows: rows.length, width };
  }
}
