import { FLOAT, INT64, integers, model, node, random, tensor, value } from './onnx.js';
import type { Field } from './protobuf.js';

/** How a tiny model of pictures and texts is to be. */
export interface PairShape {
  readonly vocabulary: number;
  /** Pixels of a picture's side. */
  readonly side: number;
  /** Whether it asks which tokens are padding. */
  readonly mask: boolean;
  readonly scale: number;
  readonly bias: number;
  readonly split?: boolean;
  /** Whether the graph of pictures is missing. */
  readonly blind?: boolean;
  /** What the first node of its texts does; anything that no runtime knows makes it unusable. */
  readonly operator?: string;
}

const DIMENSIONS = 16;
const PREPROCESSOR = 'preprocessor_config.json';

/** As OpenAI's CLIP comes. */
export const CLIP = {
  tokenizer: 'clip',
  pair: { side: 24, mask: true, scale: 14.3, bias: 0 },
  config: {
    ...{ model_type: 'clip', architectures: ['CLIPModel'], logit_scale_init_value: 2.6592 },
    ...{ text_config: { max_position_embeddings: 20 }, vision_config: { patch_size: 8, image_size: 24 } },
  },
  files: {
    'tokenizer_config.json': { pad_token: '<|endoftext|>', model_max_length: 20 },
    [PREPROCESSOR]: {
      ...{ image_processor_type: 'CLIPImageProcessor', do_convert_rgb: true, resample: 3 },
      ...{ do_resize: true, size: { shortest_edge: 28 } },
      ...{ do_center_crop: true, crop_size: { height: 24, width: 24 } },
      ...{ do_rescale: true, rescale_factor: 1 / 255, do_normalize: true },
      image_mean: [0.48145466, 0.4578275, 0.40821073],
      image_std: [0.26862954, 0.26130258, 0.27577711],
    },
  },
} as const;

/** As Google's SigLIP comes: every label as long as the window, and no mask. */
export const SIGLIP = {
  tokenizer: 'unigram',
  pair: { side: 32, mask: false, scale: 9.7, bias: 2.1 },
  config: {
    ...{ model_type: 'siglip', architectures: ['SiglipModel'] },
    ...{ text_config: { max_position_embeddings: 24 }, vision_config: { model_type: 'siglip_vision_model' } },
  },
  files: {
    'tokenizer_config.json': { pad_token: { content: '</s>' }, model_max_length: 24 },
    [PREPROCESSOR]: {
      ...{ image_processor_type: 'SiglipImageProcessor', resample: 2 },
      ...{ do_resize: true, size: { height: 32, width: 32 } },
      ...{ do_rescale: true, rescale_factor: 1 / 255, do_normalize: true },
      ...{ image_mean: [0.5, 0.5, 0.5], image_std: [0.5, 0.5, 0.5] },
    },
  },
} as const;

/**
 * A model in ONNX that compares pictures with texts, with random weights, always the same: a text's vector is
 * `tanh(Σ embedding · weights)`, a picture's `tanh(pixels · weights)`, both then of length 1.
 */
export function onnxPair(shape: Partial<PairShape> & { vocabulary: number }): Record<string, Uint8Array<ArrayBuffer>> {
  const whole = { side: 24, mask: true, scale: 10, bias: 0, ...shape };
  const text = textTower(whole);
  const vision = visionTower(whole);
  if (!shape.split) return { 'onnx/model_quantized.onnx': model([...text, ...vision, ...scored(whole), [2, 'pair']]) };
  return {
    'onnx/text_model_quantized.onnx': model([...text, [2, 'text']]),
    ...(!shape.blind && { 'onnx/vision_model_quantized.onnx': model([...vision, [2, 'vision']]) }),
  };
}

const floats = (seed: number, count: number, scale: number): Float32Array => {
  const next = random(seed);
  return Float32Array.from({ length: count }, () => scale * next());
};

function textTower({ vocabulary, mask, operator = 'Gather' }: PairShape): Field[] {
  const embeddings = floats(3, vocabulary * DIMENSIONS, 1);
  const weights = floats(4, DIMENSIONS * DIMENSIONS, 1 / Math.sqrt(DIMENSIONS));
  const masked = [
    node('Cast', ['attention_mask'], 'flat', [['to', FLOAT]]),
    node('Unsqueeze', ['flat', 'depth'], 'mask'),
    node('Mul', ['embedded', 'mask'], 'own'),
  ];
  return [
    node(operator, ['embeddings', 'input_ids'], 'embedded'),
    ...(mask ? masked : []),
    node('ReduceSum', [mask ? 'own' : 'embedded', 'tokens'], 'all', [['keepdims', 0]]),
    node('MatMul', ['all', 'text_weights'], 'text_mixed'),
    ...normalised('text', 'text_mixed'),
    tensor('embeddings', [vocabulary, DIMENSIONS], embeddings),
    tensor('text_weights', [DIMENSIONS, DIMENSIONS], weights),
    integers('tokens', [1]),
    ...(mask ? [integers('depth', [2])] : []),
    ...['input_ids', ...(mask ? ['attention_mask'] : [])].map(
      (name): Field => [11, value(name, INT64, ['texts', 'length'])],
    ),
    [12, value('text_embeds', FLOAT, ['texts', DIMENSIONS])],
  ];
}

function visionTower({ side }: PairShape): Field[] {
  const inputs = 3 * side * side;
  return [
    node('Flatten', ['pixel_values'], 'pixels'),
    node('MatMul', ['pixels', 'image_weights'], 'image_mixed'),
    ...normalised('image', 'image_mixed'),
    tensor('image_weights', [inputs, DIMENSIONS], floats(5, inputs * DIMENSIONS, 2 / Math.sqrt(inputs))),
    [11, value('pixel_values', FLOAT, ['pictures', 3, side, side])],
    [12, value('image_embeds', FLOAT, ['pictures', DIMENSIONS])],
  ];
}

/** `tanh` of a vector, then at length 1, as `<name>_embeds`. */
const normalised = (name: string, from: string): Field[] => [
  node('Tanh', [from], `${name}_bent`),
  node('Mul', [`${name}_bent`, `${name}_bent`], `${name}_squares`),
  node('ReduceSum', [`${name}_squares`, `${name}_last`], `${name}_sum`),
  node('Sqrt', [`${name}_sum`], `${name}_length`),
  node('Div', [`${name}_bent`, `${name}_length`], `${name}_embeds`),
  integers(`${name}_last`, [1]),
];

const scored = ({ scale, bias }: PairShape): Field[] => [
  node('Transpose', ['text_embeds'], 'across'),
  node('MatMul', ['image_embeds', 'across'], 'cosines'),
  node('Mul', ['cosines', 'scale'], 'scaled'),
  node('Add', ['scaled', 'bias'], 'logits_per_image'),
  tensor('scale', [1], Float32Array.of(scale)),
  tensor('bias', [1], Float32Array.of(bias)),
  [12, value('logits_per_image', FLOAT, ['pictures', 'texts'])],
];
