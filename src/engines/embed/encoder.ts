import type { EmbedModel, Pooling } from '../manifest.js';
import type { Input, Session } from '../onnx.js';

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
  async run(rows: readonly ArrayLike<number>[], withStates: boolean, signal: AbortSignal): Promise<Encoded> {
    const { inputs, outputs, pooling, dimensions } = this.#shape;
    const width = rows.reduce((most, row) => Math.max(most, row.length), 1);
    const dims = [rows.length, width];
    const ids = new BigInt64Array(rows.length * width).fill(BigInt(this.#pad));
    const mask = new BigInt64Array(rows.length * width);
    rows.forEach((row, r) => {
      for (let t = 0; t < row.length; t++) {
        ids[r * width + t] = BigInt(row[t] ?? 0);
        mask[r * width + t] = 1n;
      }
    });
    const feeds: Record<string, Input> = {
      [inputs.ids]: { type: 'int64', data: ids, dims },
      [inputs.mask]: { type: 'int64', data: mask, dims },
      ...(inputs.types && { [inputs.types]: { type: 'int64', data: new BigInt64Array(ids.length), dims } }),
    };
    const wanted = outputs.pooled === undefined ? [] : [outputs.pooled];
    if (withStates || wanted.length === 0) wanted.push(outputs.tokens);
    const out = await this.#session.run(feeds, wanted, signal);
    const states = out[outputs.tokens] ?? new Float32Array();
    const lengths = rows.map((row) => row.length);
    const shape = { lengths, width, depth: dimensions, pooling };
    const pooled = out[outputs.pooled ?? ''] ?? this.#pool?.(states, shape) ?? new Float32Array();
    return { states: withStates ? states : new Float32Array(), pooled, rows: rows.length, width };
  }
}
