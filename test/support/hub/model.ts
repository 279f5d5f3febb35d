import { type EncoderShape, onnxEncoder } from './encoder.js';
import { CLIP, onnxPair, type PairShape, SIGLIP } from './pair.js';
import { type TokenizerKind, tinyTokenizer } from './tokenizers.js';

/** A tiny sentence encoder in the hub's layout: files by path. */
export type HubFolder = Readonly<Record<string, Uint8Array<ArrayBuffer>>>;

/** What is special about a model. */
interface Traits {
  readonly tokenizer?: TokenizerKind;
  readonly encoder?: Partial<EncoderShape>;
  /** Where its weights are. */
  readonly weights?: string;
  /** A model that compares pictures with texts, and that in two graphs where it is `split`. */
  readonly pair?: Partial<PairShape> & { readonly split?: boolean };
  readonly config?: object;
  /** Further files, or undefined for one that is not there. */
  readonly files?: Readonly<Record<string, object | undefined>>;
}

const DIMENSIONS = 32;
const POOLING = '1_Pooling/config.json';
const PREPROCESSOR = 'preprocessor_config.json';
const PROMPTS = 'config_sentence_transformers.json';
const SENTENCES = 'sentence_bert_config.json';

const windowOf = (max_seq_length: number): Traits => ({ files: { [SENTENCES]: { max_seq_length } } });

const NLI = { encoder: { classes: 3 }, config: { architectures: ['BertForSequenceClassification'] } };
const infers = (label2id: object): Traits => ({ ...NLI, config: { ...NLI.config, label2id } });

/** Models by their ids. */
export const MODELS: Readonly<Record<string, Traits>> = {
  'tiny/wordpiece': {},
  'tiny/other-weights': { encoder: { seed: 7 } },
  'tiny/bpe': { tokenizer: 'bpe', encoder: { types: false }, config: { model_type: 'roberta' } },
  'tiny/unigram': { tokenizer: 'unigram', encoder: { types: false }, config: { model_type: 'xlm-roberta' } },
  'tiny/cls': { files: { [POOLING]: { pooling_mode_cls_token: true, pooling_mode_mean_tokens: false } } },
  'tiny/prompts': {
    files: { [PROMPTS]: { prompts: { query: 'query: ', document: 'on ' }, default_prompt_name: null } },
  },
  'tiny/search': { files: { [PROMPTS]: { prompts: { query: 'search: ', document: '' }, default_prompt_name: null } } },
  'tiny/e5-bare': { files: { [POOLING]: undefined } },
  'tiny/nli': infers({ contradiction: 0, neutral: 1, entailment: 2 }),
  'tiny/nli-unnamed': {
    ...NLI,
    config: { architectures: undefined, label2id: { entailment: 0, not_entailment: 1, other: 2 } },
  },
  'tiny/nli-nowhere': infers({ contradiction: 0, neutral: 1, entailment: null }),
  'tiny/nli-more': infers({ a: 0, b: 1, c: 2, d: 3, entailment: 4 }),
  'tiny/no-window': windowOf(0),
  'tiny/negative-window': windowOf(-5),
  'tiny/part-window': windowOf(64.5),
  'tiny/few-positions': { config: { max_position_embeddings: 4 }, files: { [SENTENCES]: undefined } },
  'tiny/no-depth': { config: { hidden_size: 0 } },
  'tiny/other-depth': { encoder: { open: true }, config: { hidden_size: 48 } },
  'tiny/long-prompt': { files: { [PROMPTS]: { prompts: { classification: 'the team and '.repeat(20) } } } },
  'tiny/hungry': { encoder: { hungry: true } },
  'tiny/max-pooling': { files: { [POOLING]: { pooling_mode_max_tokens: true } } },
  'tiny/dense': { files: { 'modules.json': [{ type: 'sentence_transformers.models.Dense' }] } },
  'tiny/half': { encoder: { half: 'inside' }, weights: 'onnx/model_fp16.onnx' },
  'tiny/half-throughout': { encoder: { half: 'throughout' }, weights: 'onnx/model_fp16.onnx' },
  'tiny/no-tokenizer': { files: { 'tokenizer.json': undefined } },
  'tiny/bad-tokenizer': { files: { 'tokenizer.json': {} } },
  'tiny/no-weights': { files: { 'onnx/model_quantized.onnx': undefined } },
  'tiny/unknown-operator': { encoder: { operator: 'GatherAndHope' } },
  'tiny/sentiment': { config: { architectures: ['BertForSequenceClassification'], label2id: { good: 0, bad: 1 } } },
  'tiny/writer': { config: { model_type: 'gpt2', architectures: ['GPT2LMHeadModel'] } },
  'tiny/pictures': { config: { model_type: 'blip', vision_config: {} } },
  'tiny/clip': CLIP,
  'tiny/clip-split': { ...CLIP, pair: { ...CLIP.pair, split: true } },
  'tiny/siglip': SIGLIP,
  'tiny/siglip-split': { ...SIGLIP, pair: { ...SIGLIP.pair, split: true } },
  'tiny/clip-unprepared': { ...CLIP, files: { ...CLIP.files, [PREPROCESSOR]: undefined } },
  'tiny/clip-nearest': {
    ...CLIP,
    files: { ...CLIP.files, [PREPROCESSOR]: { ...CLIP.files[PREPROCESSOR], resample: 0 } },
  },
  'tiny/clip-larger': { ...CLIP, pair: { ...CLIP.pair, side: 30 } },
  'tiny/clip-wordless': { ...CLIP, config: { ...CLIP.config, text_config: { max_position_embeddings: 0 } } },
  'tiny/clip-patchless': { ...CLIP, config: { ...CLIP.config, vision_config: { patch_size: 0 } } },
  'tiny/clip-operator': { ...CLIP, pair: { ...CLIP.pair, operator: 'GatherAndHope' } },
  'tiny/clip-no-tokenizer': { ...CLIP, files: { ...CLIP.files, 'tokenizer.json': undefined } },
  'tiny/clip-half': { ...CLIP, pair: { ...CLIP.pair, split: true, blind: true } },
};

/** The files of a model. */
export function hubFolder(id: string): HubFolder | undefined {
  const traits = MODELS[id];
  if (!traits) return undefined;
  const { json, size } = tinyTokenizer(traits.tokenizer ?? 'wordpiece');
  const config = {
    ...{ model_type: 'bert', architectures: ['BertModel'], hidden_size: DIMENSIONS, max_position_embeddings: 64 },
    ...traits.config,
  };
  const objects: Record<string, object | undefined> = {
    'config.json': config,
    'tokenizer.json': json,
    'tokenizer_config.json': { model_max_length: 64 },
    [POOLING]: { word_embedding_dimension: DIMENSIONS, pooling_mode_mean_tokens: true, pooling_mode_cls_token: false },
    [SENTENCES]: { max_seq_length: 64, do_lower_case: false },
    ...traits.files,
  };
  const files: Record<string, Uint8Array<ArrayBuffer>> = {};
  for (const [path, object] of Object.entries(objects)) {
    if (object) files[path] = new TextEncoder().encode(JSON.stringify(object));
  }
  const { weights = 'onnx/model_quantized.onnx' } = traits;
  if (traits.pair) return { ...files, ...onnxPair({ vocabulary: size, ...traits.pair }) };
  if (!traits.files || !(weights in traits.files)) {
    files[weights] = onnxEncoder({ vocabulary: size, dimensions: DIMENSIONS, spare: 3000, ...traits.encoder });
  }
  return files;
}
