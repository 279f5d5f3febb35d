import { type Field, message } from './protobuf.js';

/** Numbers of ONNX's element types. */
export const FLOAT = 1;
export const INT64 = 7;
export const HALF = 10;

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

/** The same in 16 bits. */
export const halves = (name: string, dims: readonly number[], data: Float32Array): Field => [
  5,
  [
    ...dims.map((dim): Field => [1, dim]),
    [2, HALF],
    [8, name],
    [9, new Uint8Array(Uint16Array.from(data, half).buffer)],
  ],
];

/** IEEE 754's 16 bits of a number between −65,504 and 65,504, cut, and 0 for one below 2⁻¹⁴. */
function half(number: number): number {
  const [bits = 0] = new Uint32Array(Float32Array.of(number).buffer);
  const exponent = ((bits >>> 23) & 255) - 112;
  return exponent <= 0 ? 0 : ((bits >>> 16) & 0x8000) | (exponent << 10) | ((bits >>> 13) & 0x3ff);
}

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
