import { FLOAT, HALF, halves, INT64, integers, model, node, random, tensor, value } from './onnx.js';
import type { Field } from './protobuf.js';

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
  /** Whether it leaves open how many numbers a token's state has. */
  readonly open?: boolean;
  /** Whether it asks for more memory than there is, once it runs. */
  readonly hungry?: boolean;
  /** Whether its numbers have 16 bits: inside, or those that it gives, too. */
  readonly half?: 'inside' | 'throughout';
}

/**
 * A sentence encoder in ONNX with random weights, always the same: a token's state is `tanh(own + Σ all)`, each
 * `embedding · weights`.
 * Texts that share words are near one another, and nothing else is to be expected of it.
 */
export function onnxEncoder(shape: EncoderShape): Uint8Array<ArrayBuffer> {
  const {
    vocabulary,
    dimensions,
    seed = 1,
    types = true,
    operator = 'Gather',
    spare = 0,
    classes,
    open,
    hungry,
    half,
  } = shape;
  const number = half ? HALF : FLOAT;
  const weight = half ? halves : tensor;
  const given = half === 'throughout' ? HALF : FLOAT;
  const rows = vocabulary + spare;
  const next = random(seed);
  const floats = (count: number, scale: number) => Float32Array.from({ length: count }, () => scale * next());
  const inputs = ['input_ids', 'attention_mask', ...(types ? ['token_type_ids'] : [])];
  const weights: Field[] = [
    weight('embeddings', [rows, dimensions], floats(rows * dimensions, 1)),
    weight('weights', [dimensions, dimensions], floats(dimensions * dimensions, 1 / Math.sqrt(dimensions))),
    integers('tokens', [1]),
    integers('depth', [2]),
    ...(hungry ? [integers('times', [60_000])] : []),
    ...(classes ? [weight('classifier', [dimensions, classes], floats(dimensions * classes, 1))] : []),
  ];
  const graph: Field[] = [
    node(operator, ['embeddings', 'input_ids'], 'embedded'),
    node('MatMul', ['embedded', 'weights'], 'mixed'),
    node('Cast', ['attention_mask'], 'flat', [['to', number]]),
    node('Unsqueeze', ['flat', 'depth'], 'mask'),
    node('Mul', ['mixed', 'mask'], 'own'),
    node('ReduceSum', ['own', 'tokens'], 'all'),
    node('Add', ['own', 'all'], 'seen'),
    node('Tanh', ['seen'], 'bent'),
    ...(hungry ? HUNGRY : [node('Cast', ['bent'], 'last_hidden_state', [['to', given]])]),
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
      : [12, value('last_hidden_state', given, ['batch', 'length', open ? 'depth' : dimensions])],
  ];
  return model(graph);
}

/** Adds the sum of 3.6 · 10⁹ numbers a token, which are all 0. */
const HUNGRY: readonly Field[] = [
  node('Shape', ['input_ids'], 'shape'),
  node('Mul', ['shape', 'times'], 'size'),
  node('ConstantOfShape', ['size'], 'zeros'),
  node('ReduceSum', ['zeros'], 'nothing', [['keepdims', 0]]),
  node('Add', ['bent', 'nothing'], 'last_hidden_state'),
];
