import { isFields, kindOf, optionalNumber } from '../contract/checks.js';
import { invalid } from '../contract/errors.js';
import { TIMEOUTS } from '../contract/limits.js';
import type {
  Asked,
  BatchClassifyRequest,
  BatchClassifyResponse,
  BatchTagRequest,
  BatchTagResponse,
  ClassifyRequest,
  ClassifyResponse,
  Names,
  TagRequest,
  TagResponse,
} from '../contract/types.js';
import type { Calls, Classer } from './classer.js';
import type { createFactory } from './factory.js';
import type { CreateOptions } from './options.js';

/** The hosted SDK's configuration, and ours. */
export interface ClasserConfig extends CreateOptions {
  /** Accepted for the hosted SDK's sake; local answers need no key. */
  apiKey?: string | undefined;
  /** Seconds that `classify` and `tag` may take once the model is loaded. Default: 30. */
  timeout?: number | undefined;
  /** Seconds that the batch methods may take once the model is loaded. Default: 600. */
  batchTimeout?: number | undefined;
}

/**
 * The hosted SDK's client, answering locally.
 *
 * @example
 * ```ts
 * import { ClasserClient } from 'classer-local';
 * const classer = new ClasserClient({ timeout: 10 });
 * const { label } = await classer.classify({ text: 'Goal in the last minute!', labels: ['sport', 'politics'] });
 * console.log(label); // sport
 * ```
 */
export type ClasserClient = Calls;

/** `new ClasserClient(config?)`. */
export type ClasserClientConstructor = new (config?: ClasserConfig) => ClasserClient;

/** The public surface: `createClasser`, and all that the hosted SDK exports. */
export interface Sdk extends Calls {
  createClasser(options?: CreateOptions): Classer;
  ClasserClient: ClasserClientConstructor;
}

/** The public surface over one environment's factory of classifiers: the hosted SDK's, and `createClasser`. */
export function createSdk(create: ReturnType<typeof createFactory>): Sdk {
  let shared: Classer | undefined;
  const fallback = (): Classer => (shared ??= create());

  class Client implements ClasserClient {
    readonly #classer: () => Classer;

    constructor(config: ClasserConfig = {}) {
      if (!isFields(config)) throw invalid('config', `The configuration must be an object, not ${kindOf(config)}.`);
      const { apiKey: _, timeout, batchTimeout, ...options } = config;
      const positive = { min: 0, max: Number.POSITIVE_INFINITY };
      const single = optionalNumber({ timeout }, 'timeout', positive) ?? TIMEOUTS.single;
      const batch = optionalNumber({ batchTimeout }, 'batchTimeout', positive) ?? TIMEOUTS.batch;
      const plain = Object.keys(options).length === 0 && timeout === undefined && batchTimeout === undefined;
      let own: Classer | undefined;
      // A client without wishes of its own shares the worker, and with it the loaded model.
      this.#classer = plain ? fallback : () => (own ??= create(options, { single, batch }));
    }

    classify<const L extends Names>(request: Asked<ClassifyRequest, L>): Promise<ClassifyResponse<L[number]>> {
      return this.#classer().classify(request);
    }

    tag<const L extends Names>(request: Asked<TagRequest, L>): Promise<TagResponse<L[number]>> {
      return this.#classer().tag(request);
    }

    classifyBatch<const L extends Names>(
      request: Asked<BatchClassifyRequest, L>,
    ): Promise<BatchClassifyResponse<L[number]>> {
      return this.#classer().classifyBatch(request);
    }

    tagBatch<const L extends Names>(request: Asked<BatchTagRequest, L>): Promise<BatchTagResponse<L[number]>> {
      return this.#classer().tagBatch(request);
    }
  }

  const functions: Calls = {
    classify: (request) => fallback().classify(request),
    tag: (request) => fallback().tag(request),
    classifyBatch: (request) => fallback().classifyBatch(request),
    tagBatch: (request) => fallback().tagBatch(request),
  };
  return { createClasser: (options: CreateOptions = {}) => create(options), ClasserClient: Client, ...functions };
}
