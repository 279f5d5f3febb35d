export type { Calls, Classer, RememberedAnswers } from './client/classer.js';
export type { ClasserConfig } from './client/config.js';
export type { FallbackEvent, FallbackReason } from './client/hosted/failure.js';
export type { InstallOptions, UseOptions } from './client/model-options.js';
export type { ModelSource } from './client/model-source.js';
export type { ModelInfo, ModelStorage, Models } from './client/models.js';
export type { CreateOptions } from './client/options.js';
export type { DeviceWish, RuntimeInfo } from './client/pool.js';
export { type Source, sourceOf } from './client/source.js';
export type { ClassifierDefinition, SavedClassifier } from './contract/classifier.js';
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
export type { InstallProgress } from './models/progress.js';
export type { Balance } from './service/account/account.js';
export type { LogEntry } from './service/account/entry.js';
export type { KeyInfo, Keys, NewKey } from './service/account/keys.js';
export type { LogPage, LogRange } from './service/account/logs.js';
export type { Usage, UsageDay, UsageRange } from './service/account/usage.js';
export type { CacheSize } from './service/cache/cache.js';
export type { ClassifierExport, Classifiers } from './service/classifiers.js';
export type { Answered } from './service/jobs/answer.js';
export type { Job, JobStatus } from './service/jobs/job.js';
export type { Jobs } from './service/jobs/jobs.js';
export type { JobRequest } from './service/jobs/request.js';
export type { JobInput } from './service/jobs/stream.js';
