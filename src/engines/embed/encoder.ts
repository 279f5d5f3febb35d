import type { EmbedModel } from '../manifest.js';
import type { Session } from '../onnx.js';

/** Hidden states of a batch of windows, row-major. */
export interface Encoded {
  /** `[rows, width, dimensions]`; empty when only the pooled vectors were asked for. */
  readonly states: Float32Array;
  /** `[rows, dimensions]`: means of the states, not normalised. */
  readonly pooled: Float32Array;
  readonly rows: number;
  /** Tokens of the longest row, special tokens included. */
  readonly width: number;
}

/** The text encoder: token ids in, hidden states out. */
export class Encoder {
  readonly #session: Session;
  readonly #shape: EmbedModel['encoder'];
  readonly #pad: number;

  constructor(session: Session, shape: EmbedModel['encoder'], pad: number) {
    this.#session = session;
    this.#shape = shape;
    this.#pad = pad;
  }

  /** Runs rows of ids (special tokens included), padded to the longest. */
  async run(rows: readonly ArrayLike<number>[], withStates: boolean, signal: AbortSignal): Promise<Encoded> {
    const { inputs, outputs } = this.#shape;
    const width = rows.reduce((most, row) => Math.max(most, row.length), 0);
    const dims = [rows.length, width];
    const ids = new BigInt64Array(rows.length * width).fill(BigInt(this.#pad));
    const mask = new BigInt64Array(rows.length * width);
    rows.forEach((row, r) => {
      for (let t = 0; t < row.length; t++) {
        ids[r * width + t] = BigInt(row[t] ?? 0);
        mask[r * width + t] = 1n;
      }
    });
    const out = await this.#session.run(
      { [inputs.ids]: { type: 'int64', data: ids, dims }, [inputs.mask]: { type: 'int64', data: mask, dims } },
      withStates ? [outputs.tokens, outputs.pooled] : [outputs.pooled],
      signal,
    );
    const empty = new Float32Array();
    return { states: out[outputs.tokens] ?? empty, pooled: out[outputs.pooled] ?? empty, rows: rows.length, width };
  }
}
