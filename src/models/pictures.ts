import type { Calibration } from '../decide/calibration.js';
import type { Line } from '../engines/engine.js';
import type { ClipModel } from '../engines/manifest.js';
import { installFailure } from './failure.js';
import {
  type Config,
  type HubModel,
  type Layout,
  type Range,
  type RoleFiles,
  stringOf,
  WEIGHTS,
  wholeIn,
} from './hub-files.js';
import { preprocessingOf } from './preprocessor.js';

/** One graph for pictures and texts first: it knows by what its cosines are to be scaled. */
export const LAYOUTS: readonly Layout[] = [
  ...WEIGHTS,
  ...['_quantized', '_int8', '', '_fp16'].map((kind) => ({
    weights: `onnx/text_model${kind}.onnx`,
    vision: `onnx/vision_model${kind}.onnx`,
  })),
];

/** Tokens of a label and pixels of a patch's side, as a model's files may say them. */
const LENGTHS: Range = [8, 2048];
const PATCHES: Range = [1, 2048];

/** What is the same for all models of a family. */
interface Family {
  /** Tokens of a label and pixels of a patch's side, unless the configuration says otherwise. */
  readonly length: number;
  readonly patch: number;
  readonly text: Pick<ClipModel['text'], 'pad' | 'padded' | 'lower'>;
  /** The sentence that labels were trained in. */
  readonly template: string;
  readonly anything?: string;
  /** Whether a size that is one number is that of the shorter side. */
  readonly shortest: boolean;
  /** What cosines are scaled by where no graph says so. */
  readonly line?: Line;
}

const FAMILIES: Readonly<Record<string, Family>> = {
  // Radford et al. 2021, "Learning transferable visual models from natural language supervision": the scale is held to
  // 100, which training reaches; the template is that of 3.1.4.
  clip: {
    length: 77,
    patch: 32,
    text: { pad: '<|endoftext|>', padded: false, lower: false },
    template: 'a photo of a {label}.',
    anything: 'thing',
    shortest: true,
    line: { scale: 100, bias: 0 },
  },
  // Zhai et al. 2023, "Sigmoid loss for language image pre-training": scale and bias are each model's own.
  siglip: {
    length: 64,
    patch: 16,
    text: { pad: '</s>', padded: true, lower: true },
    template: 'This is a photo of {label}.',
    shortest: false,
  },
};

/** What is known of the family of a config.json; undefined for models of other kinds. */
export function familyOfPictures({ model_type }: Config): Family | undefined {
  const name = stringOf(model_type) ?? '';
  return Object.hasOwn(FAMILIES, name) ? FAMILIES[name] : undefined;
}

/** The manifest's entry of a model that compares pictures with texts. */
export function describePictures(hub: HubModel, files: RoleFiles): ClipModel {
  const { id, config, configs, graph, vision = graph } = hub;
  const unusable = (what: string) => installFailure('unsupported', `${id} cannot be used: ${what}.`, {});
  const family = familyOfPictures(config) as Family;
  if (graph.external || vision.external) throw unusable('its weights are in a second file; export it as one');
  const known = ['input_ids', 'attention_mask', 'pixel_values'];
  const asked = new Set([...graph.inputs, ...vision.inputs].map(({ name }) => name));
  const strange = [...asked].find((name) => !known.includes(name));
  if (strange !== undefined) throw unusable(`its graph wants ${strange}`);
  if (!asked.has('input_ids') || !asked.has('pixel_values'))
    throw unusable('its graph does not take pictures and texts');
  const outputOf = ({ outputs }: HubModel['graph'], ...names: string[]) => {
    const found = names.find((name) => outputs.some((output) => output.name === name));
    if (found === undefined) throw unusable(`its graph gives no ${names[0]}`);
    return found;
  };
  const preprocessing = preprocessingOf(id, configs['preprocessor_config.json'] as Config, family.shortest);
  const { width, height } = preprocessing.view;
  const [, , down = height, across = width] = vision.inputs.find(({ name }) => name === 'pixel_values')?.dims ?? [];
  if (down !== height || across !== width)
    throw unusable(`its graph takes ${across} × ${down} pixels, not ${width} × ${height}`);
  const logits = graph.outputs.find(({ name }) => name === 'logits_per_image')?.name;
  if (logits === undefined && !family.line) {
    throw unusable(
      'two graphs do not say by what its cosines are scaled; serve onnx/model.onnx, which takes both, beside them',
    );
  }
  const { pad_token } = (configs['tokenizer_config.json'] ?? {}) as Config;
  const pad = stringOf(pad_token) ?? stringOf((pad_token as Config | undefined)?.['content']);
  const patch = wholeIn(hub, section(config, 'vision_config'), PATCHES, 'patch_size') ?? family.patch;
  return {
    version: '',
    engine: 'clip',
    license: '',
    files: { text: files.weights, tokenizer: files.tokenizer, ...(files.vision && { vision: files.vision }) },
    text: {
      inputs: { ids: 'input_ids', ...(asked.has('attention_mask') && { mask: 'attention_mask' }) },
      output: outputOf(graph, 'text_embeds', 'pooler_output'),
      length: wholeIn(hub, section(config, 'text_config'), LENGTHS, 'max_position_embeddings') ?? family.length,
      ...family.text,
      ...(pad !== undefined && { pad }),
    },
    image: {
      input: 'pixel_values',
      output: outputOf(vision, 'image_embeds', 'pooler_output'),
      ...preprocessing,
      patches: Math.floor(width / patch) * Math.floor(height / patch),
    },
    ...(logits !== undefined && { logits }),
    wording: {
      plain: [family.template],
      described: [family.template.replace('{label}', '{label}: {description}')],
      text_type: null,
    },
    ...(family.anything !== undefined && { anything: family.anything }),
    calibration: calibrationOf(family.line ?? { scale: 1, bias: 0 }),
  };
}

const section = (config: Config, name: string): Config => (config[name] ?? {}) as Config;

/** Softmax of the model's own scores among labels, and its sigmoid for a label by itself. */
export function calibrationOf({ scale, bias }: Line): Calibration {
  const logistic = { scale, bias, null: 0 };
  return {
    classify: { null: 0, temperature: [{ max_labels: 200, value: 1 / scale }] },
    tag: logistic,
    detect: logistic,
  };
}
