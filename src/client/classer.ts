import { TIMEOUTS } from '../contract/limits.js';
import { CALLS } from '../contract/request.js';
import type {
  BatchClassifyRequest,
  BatchClassifyResponse,
  BatchTagRequest,
  BatchTagResponse,
  ClassifyRequest,
  ClassifyResponse,
  TagRequest,
  TagResponse,
} from '../contract/types.js';
import { errorFromBody } from '../contract/wire.js';
import { findModel, type Manifest } from '../engines/manifest.js';
import { type Method, type Responses, respond } from '../service/response.js';
import type { WireOutcome } from '../worker/host.js';
import { checkCall } from './call.js';
import { type CreateOptions, checkOptions } from './options.js';
import type { Platform } from './platform.js';
import { recordSource } from './source.js';
import { Supervisor, type Waiting } from './supervisor.js';

type Names = readonly string[];

/** The four calls, as functions and as methods everywhere. With a literal tuple of labels, `label` is that union. */
export interface Calls {
  /** Chooses the one label that fits best. */
  classify<const L extends Names>(request: ClassifyRequest<L>): Promise<ClassifyResponse<L[number]>>;
  /** Chooses every label whose confidence is above the threshold. */
  tag<const L extends Names>(request: TagRequest<L>): Promise<TagResponse<L[number]>>;
  /** `classify` for up to 1000 texts; a bad text has an `error` of its own. */
  classifyBatch<const L extends Names>(request: BatchClassifyRequest<L>): Promise<BatchClassifyResponse<L[number]>>;
  /** `tag` for up to 1000 texts; a bad text has an `error` of its own. */
  tagBatch<const L extends Names>(request: BatchTagRequest<L>): Promise<BatchTagResponse<L[number]>>;
}

/** A classifier with a worker of its own. */
export interface Classer extends Calls, AsyncDisposable {
  /** Loads the model now rather than on the first call. */
  ready(waiting?: Waiting): Promise<void>;
  /** Ends the worker, which gives its memory back; calls in flight reject with code `ABORTED`. */
  dispose(): Promise<void>;
}

/** Seconds that a call may take, by kind. */
export interface Timeouts {
  readonly single: number;
  readonly batch: number;
}

/** Makes the factory of classifiers for one environment. */
export function createFactory(platform: Platform, manifest: Manifest) {
  return (options: CreateOptions = {}, timeouts: Timeouts = TIMEOUTS): Classer => {
    const { model: name, assets, threads, signal } = checkOptions(options);
    const { model, spec } = findModel(manifest, name);
    const load = { model, spec, urls: platform.urls(assets, spec.files), threads: threads ?? platform.threads() };
    const supervisor = new Supervisor(platform, { assets, load });
    const ask = async <M extends Method>(method: M, request: unknown): Promise<Responses[M]> => {
      const limit = CALLS[method].batch ? timeouts.batch : timeouts.single;
      const { task, timeout, ...context } = checkCall(method, request, limit);
      const { answers, ...rest } = await supervisor.call<WireOutcome>('run', task, context, timeout);
      const outcome = {
        ...rest,
        answers: answers.map((one) => ('error' in one ? errorFromBody(one.error) : one.answer)),
      };
      return recordSource(respond(method, outcome), outcome.model);
    };
    const dispose = async () => supervisor.dispose();
    if (signal?.aborted) supervisor.dispose();
    signal?.addEventListener('abort', dispose, { once: true });
    const methods = {
      classify: (request: unknown) => ask('classify', request),
      tag: (request: unknown) => ask('tag', request),
      classifyBatch: (request: unknown) => ask('classifyBatch', request),
      tagBatch: (request: unknown) => ask('tagBatch', request),
    } as Calls;
    return {
      ...methods,
      ready: (waiting) => supervisor.ready(waiting),
      dispose,
      // Not every browser has the symbol yet.
      [Symbol.asyncDispose ?? Symbol.for('Symbol.asyncDispose')]: dispose,
    } as Classer;
  };
}
