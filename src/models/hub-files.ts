import type { FileRecord } from '../engines/manifest.js';
import type { Graph } from './graph.js';

/** A JSON object of a model, before any of it is trusted. */
export type Config = Readonly<Record<string, unknown>>;

/** Weights by preference: int8 first, which is as good and four times smaller. */
export const WEIGHTS = [
  'onnx/model_quantized.onnx',
  'onnx/model_int8.onnx',
  'onnx/model.onnx',
  'model_quantized.onnx',
  'model.onnx',
] as const;

/** Small files that say how a model is used, where it has them. */
export const CONFIGS = [
  'tokenizer_config.json',
  'modules.json',
  '1_Pooling/config.json',
  'sentence_bert_config.json',
  'config_sentence_transformers.json',
] as const;

/** What a model says about itself. */
export interface HubModel {
  readonly id: string;
  /** `config.json`. */
  readonly config: Config;
  /** The others by path, those that are there. */
  readonly configs: Readonly<Partial<Record<(typeof CONFIGS)[number], unknown>>>;
  readonly graph: Graph;
}

/** A model's files by what they are for. */
export interface RoleFiles {
  readonly weights: FileRecord;
  readonly tokenizer: FileRecord;
}

/** A field that is a string, or undefined. */
export const stringOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** The first of some fields that is a number. */
export const numberIn = (config: Config, ...names: readonly string[]): number | undefined =>
  names.map((name) => config[name]).find((value) => typeof value === 'number');
