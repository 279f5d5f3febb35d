import type { FileRecord } from '../engines/manifest.js';
import { installFailure } from './failure.js';
import type { Graph } from './graph.js';

/** A JSON object of a model, before any of it is trusted. */
export type Config = Readonly<Record<string, unknown>>;

/** Where weights lie: in one graph, or in one for texts and another for pictures. */
export interface Layout {
  readonly weights: string;
  readonly vision?: string;
}

/** Weights by preference: int8 first, which is as good and four times smaller; 16 bits last, which the processor widens first. */
export const WEIGHTS: readonly Layout[] = [
  'onnx/model_quantized.onnx',
  'onnx/model_int8.onnx',
  'onnx/model.onnx',
  'model_quantized.onnx',
  'model.onnx',
  'onnx/model_fp16.onnx',
  'model_fp16.onnx',
].map((weights) => ({ weights }));

/** Small files that say how a text model is used, where it has them. */
export const CONFIGS = [
  'tokenizer_config.json',
  'modules.json',
  '1_Pooling/config.json',
  'sentence_bert_config.json',
  'config_sentence_transformers.json',
] as const;

/** The files that say how a model of pictures is used; the first is needed. */
export const PICTURE_CONFIGS = ['preprocessor_config.json', 'tokenizer_config.json'] as const;

export type ConfigPath = (typeof CONFIGS)[number] | (typeof PICTURE_CONFIGS)[number];

/** What a model says about itself. */
export interface HubModel {
  readonly id: string;
  /** `config.json`. */
  readonly config: Config;
  /** The others by path, those that are there. */
  readonly configs: Readonly<Partial<Record<ConfigPath, unknown>>>;
  /** Of the weights. */
  readonly graph: Graph;
  /** Of those for pictures, where they have their own. */
  readonly vision?: Graph;
}

/** A model's files by what they are for. */
export interface RoleFiles {
  readonly weights: FileRecord;
  readonly vision?: FileRecord;
  readonly tokenizer: FileRecord;
}

/** A field that is a string, or undefined. */
export const stringOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** From which number to which, both included. */
export type Range = readonly [least: number, most: number];

/** The first of some fields that is a number; throws `unsupported` for one that is not whole or out of its range. */
export function wholeIn(
  { id }: Pick<HubModel, 'id'>,
  config: Config,
  [least, most]: Range,
  ...names: readonly string[]
): number | undefined {
  const name = names.find((one) => typeof config[one] === 'number');
  const value = name === undefined ? undefined : (config[name] as number);
  if (value === undefined || (Number.isInteger(value) && value >= least && value <= most)) return value;
  const message = `${id} cannot be used: its ${name} is ${value}, and must be a whole number from ${least} to ${most}.`;
  throw installFailure('unsupported', message, { field: name });
}
