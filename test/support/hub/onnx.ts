import { type Field, message } from './protobuf.js';

/** Numbers of ONNX's element types. */
export const FLOAT = 1;
export const INT64 = 7;

/** A whole file. */
export const model = (graph: readonly Field[]): Uint8Array<ArrayBuffer> =>
  message([
    [1, 8],
    [2, 'classer-local tests'],
    [7, graph],
    [8, [[2, 17]]],
  ]);

type Attribute = readonly [name: string, value: number];

/** A node of a graph. */
export const node = (
  operator: string,
  inputs: readonly string[],
  output: string,
  attributes: readonly Attribute[] = [],
): Field => [
  1,
  [
    ...inputs.map((input): Field => [1, input]),
    [2, output],
    [4, operator],
    ...attributes.map(
      ([name, value]): Field => [
        5,
        [
          [1, name],
          [3, value],
          [20, 2],
        ],
      ],
    ),
  ],
];

/** Constant integers. */
export const integers = (name: string, values: readonly number[]): Field => [
  5,
  [
    [1, values.length],
    [2, INT64],
    [8, name],
    [9, new Uint8Array(BigInt64Array.from(values, BigInt).buffer)],
  ],
];

/** Constant numbers. */
export const tensor = (name: string, dims: readonly number[], data: Float32Array): Field => [
  5,
  [...dims.map((dim): Field => [1, dim]), [2, FLOAT], [8, name], [9, new Uint8Array(data.buffer)]],
];

/** An input or output; a dimension that has a name may vary. */
export const value = (name: string, type: number, dims: readonly (number | string)[]): readonly Field[] => [
  [1, name],
  [
    2,
    [
      [
        1,
        [
          [1, type],
          [2, dims.map((dim): Field => [1, [typeof dim === 'number' ? [1, dim] : [2, dim]]])],
        ],
      ],
    ],
  ],
];

/** From −1 to 1, always the same numbers for a seed (mulberry32). */
export function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 31 - 1;
  };
}
