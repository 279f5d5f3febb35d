export type { Calls, Classer } from './client/classer.js';
export type { CreateOptions } from './client/options.js';
export type { ClasserConfig } from './client/sdk.js';
export { type Source, sourceOf } from './client/source.js';
export { ClasserError, type ErrorCode, type ErrorDetails } from './contract/errors.js';
export type {
  BatchClassifyRequest,
  BatchClassifyResponse,
  BatchClassifyResult,
  BatchTagRequest,
  BatchTagResponse,
  BatchTagResult,
  CallOptions,
  ClassifyRequest,
  ClassifyResponse,
  Evidence,
  Progress,
  TagLabel,
  TagRequest,
  TagResponse,
} from './contract/types.js';
