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
import { type ClasserConfig, checkConfig } from './config.js';
import type { createFactory } from './factory.js';
import type { Side } from './hosted/fallback.js';
import { localSide, withHosted } from './hosted/sides.js';
import type { CreateOptions } from './options.js';

/**
 * The hosted SDK's client, answering locally; with `fallback: 'local'` it asks the hosted API and answers locally when
 * that cannot, with `fallback: 'hosted'` the other way round.
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
    readonly #ask: Side['ask'];

    constructor(config: ClasserConfig = {}) {
      const { plain, options, timeouts, hosted } = checkConfig(config);
      let own: Classer | undefined;
      // A client without wishes of its own shares the worker, and with it the loaded model.
      const classer = plain ? fallback : () => (own ??= create(options, timeouts));
      const local = localSide(classer);
      this.#ask = hosted ? withHosted(local, hosted).ask : local.ask;
    }

    classify<const L extends Names>(request: Asked<ClassifyRequest, L>): Promise<ClassifyResponse<L[number]>> {
      return this.#ask('classify', request) as Promise<ClassifyResponse<L[number]>>;
    }

    tag<const L extends Names>(request: Asked<TagRequest, L>): Promise<TagResponse<L[number]>> {
      return this.#ask('tag', request) as Promise<TagResponse<L[number]>>;
    }

    classifyBatch<const L extends Names>(
      request: Asked<BatchClassifyRequest, L>,
    ): Promise<BatchClassifyResponse<L[number]>> {
      return this.#ask('classifyBatch', request) as Promise<BatchClassifyResponse<L[number]>>;
    }

    tagBatch<const L extends Names>(request: Asked<BatchTagRequest, L>): Promise<BatchTagResponse<L[number]>> {
      return this.#ask('tagBatch', request) as Promise<BatchTagResponse<L[number]>>;
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
