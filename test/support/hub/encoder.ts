import { type Field, message } from './protobuf.js';

/** Numbers of ONNX's element types. */
const FLOAT = 1;
const INT64 = 7;

/** How the tiny encoder is to be. */
export interface EncoderShape {
  readonly vocabulary: number;
  readonly dimensions: number;
  readonly seed?: number;
  /** Whether it asks for `token_type_ids`, as BERT does. */
  readonly types?: boolean;
  /** What the first node does; anything that no runtime knows makes it unusable. */
  readonly operator?: string;
  /** Rows of embeddings that no token has, to make it as large as a test wants it. */
  readonly spare?: number;
  /** Classes that the sum of the states is sorted under, as `logits`; it gives the states alone without. */
  readonly classes?: number;
}

/**
 * A sentence encoder in ONNX with random weights, always the same: a token's state is `tanh(own + Σ all)`, each
 * `embedding · weights`.
 * Texts that share words are near one another, and nothing else is to be expected of it.
 */
export function onnxEncoder(shape: EncoderShape): Uint8Array<ArrayBuffer> {
  const { vocabulary, dimensions, seed = 1, types = true, operator = 'Gather', spare = 0, classes } = shape;
  const rows = vocabulary + spare;
  const next = random(seed);
  const floats = (count: number, scale: number) => Float32Array.from({ length: count }, () => scale * next());
  const inputs = ['input_ids', 'attention_mask', ...(types ? ['token_type_ids'] : [])];
  const weights: Field[] = [
    tensor('embeddings', [rows, dimensions], floats(rows * dimensions, 1)),
    tensor('weights', [dimensions, dimensions], floats(dimensions * dimensions, 1 / Math.sqrt(dimensions))),
    integers('tokens', [1]),
    integers('depth', [2]),
    ...(classes ? [tensor('classifier', [dimensions, classes], floats(dimensions * classes, 1))] : []),
  ];
  const graph: Field[] = [
    node(operator, ['embeddings', 'input_ids'], 'embedded'),
    node('MatMul', ['embedded', 'weights'], 'mixed'),
    node('Cast', ['attention_mask'], 'flat', [['to', FLOAT]]),
    node('Unsqueeze', ['flat', 'depth'], 'mask'),
    node('Mul', ['mixed', 'mask'], 'own'),
    node('ReduceSum', ['own', 'tokens'], 'all'),
    node('Add', ['own', 'all'], 'seen'),
    node('Tanh', ['seen'], 'last_hidden_state'),
    ...(classes
      ? [
          node('ReduceSum', ['last_hidden_state', 'tokens'], 'sum', [['keepdims', 0]]),
          node('MatMul', ['sum', 'classifier'], 'logits'),
        ]
      : []),
    [2, 'encoder'],
    ...weights,
    ...inputs.map((name): Field => [11, value(name, INT64, ['batch', 'length'])]),
    classes
      ? [12, value('logits', FLOAT, ['batch', classes])]
      : [12, value('last_hidden_state', FLOAT, ['batch', 'length', dimensions])],
  ];
  return message([
    [1, 8],
    [2, 'classer-local tests'],
    [7, graph],
    [8, [[2, 17]]],
  ]);
}

type Attribute = readonly [name: string, value: number];

const node = (
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

const integers = (name: string, values: readonly number[]): Field => [
  5,
  [
    [1, values.length],
    [2, INT64],
    [8, name],
    [9, new Uint8Array(BigInt64Array.from(values, BigInt).buffer)],
  ],
];

const tensor = (name: string, dims: readonly number[], data: Float32Array): Field => [
  5,
  [...dims.map((dim): Field => [1, dim]), [2, FLOAT], [8, name], [9, new Uint8Array(data.buffer)]],
];

const value = (name: string, type: number, dims: readonly (number | string)[]): readonly Field[] => [
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
