import type { Input } from './onnx.js';

/** Names of the inputs of a graph that reads token ids; `types` where it tells two sentences apart, no `mask` where it reads padding. */
export interface RowInputs {
  readonly ids: string;
  readonly mask?: string;
  readonly types?: string;
}

/** Rows of token ids as a graph's inputs. */
export interface Rows {
  readonly feeds: Record<string, Input>;
  /** Tokens of the longest row. */
  readonly width: number;
}

/** Pads rows of token ids, special tokens included, to the longest; `seconds` say where in each the second sentence begins. */
export function padRows(
  rows: readonly ArrayLike<number>[],
  pad: number,
  inputs: RowInputs,
  seconds: readonly number[] = [],
): Rows {
  const width = rows.reduce((most, row) => Math.max(most, row.length), 1);
  const ids = new BigInt64Array(rows.length * width).fill(BigInt(pad));
  const mask = new BigInt64Array(ids.length);
  const types = new BigInt64Array(inputs.types ? ids.length : 0);
  rows.forEach((row, r) => {
    for (let t = 0; t < row.length; t++) {
      ids[r * width + t] = BigInt(row[t] ?? 0);
      mask[r * width + t] = 1n;
    }
    if (inputs.types) types.fill(1n, r * width + (seconds[r] ?? row.length), r * width + row.length);
  });
  const input = (data: BigInt64Array): Input => ({ type: 'int64', data, dims: [rows.length, width] });
  const feeds = {
    [inputs.ids]: input(ids),
    ...(inputs.mask && { [inputs.mask]: input(mask) }),
    ...(inputs.types && { [inputs.types]: input(types) }),
  };
  return { feeds, width };
}
