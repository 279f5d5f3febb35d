/// <reference lib="esnext.disposable" preserve="true" />
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
import type { Balance } from '../service/account/account.js';
import type { Keys } from '../service/account/keys.js';
import type { LogPage, LogRange } from '../service/account/logs.js';
import type { Usage, UsageRange } from '../service/account/usage.js';
import type { CacheSize } from '../service/cache/cache.js';
import type { Classifiers } from '../service/classifiers.js';
import type { Jobs } from '../service/jobs/jobs.js';
import type { Models } from './models.js';
import type { RuntimeInfo } from './pool.js';
import type { Waiting } from './supervisor.js';

/**
 * The four calls, as functions and as methods everywhere. With a literal tuple of labels, `label` is that union.
 *
 * All of them reject with `ClasserError`: `VALIDATION_ERROR` for a bad request, before anything is started;
 * `MODEL_UNAVAILABLE` when the model cannot be loaded; `ABORTED` and `TIMEOUT`; `WORKER_LOST` when the worker died
 * (the next call gets a new one).
 */
export interface Calls {
  /**
   * Chooses the one label that fits best. Confidences are 0–1, sum to 1 over the labels, and are calibrated; with one
   * label alone the confidence says how well it fits.
   *
   * @example
   * ```ts
   * import { classify } from 'classer-local';
   * const { label, confidence } = await classify({
   *   text: 'The app closes as soon as I open the settings',
   *   labels: ['bug', 'praise', 'question'],
   *   descriptions: { bug: 'something does not work' },
   * });
   * console.log(label, typeof confidence); // bug number
   * ```
   */
  classify<const L extends Names>(request: Asked<ClassifyRequest, L>): Promise<ClassifyResponse<L[number]>>;
  /**
   * Chooses every label whose confidence is strictly above the threshold (0.5 unless set), highest first.
   *
   * @example
   * ```ts
   * import { tag } from 'classer-local';
   * const { labels } = await tag({
   *   text: 'Stock prices of chip makers rose after the election',
   *   labels: ['stock market', 'election', 'cooking'],
   * });
   * console.log(labels.map(({ label }) => label).sort().join(' and ')); // election and stock market
   * ```
   */
  tag<const L extends Names>(request: Asked<TagRequest, L>): Promise<TagResponse<L[number]>>;
  /**
   * `classify` for up to 1000 texts; a bad text has an `error` of its own and the others their answers.
   *
   * @example
   * ```ts
   * import { classifyBatch } from 'classer-local';
   * const { results } = await classifyBatch({ texts: ['Where is my parcel?', ''], labels: ['shipping', 'billing'] });
   * console.log(results[0]?.label, results[1]?.error); // shipping text is empty.
   * ```
   */
  classifyBatch<const L extends Names>(
    request: Asked<BatchClassifyRequest, L>,
  ): Promise<BatchClassifyResponse<L[number]>>;
  /**
   * `tag` for up to 1000 texts; a bad text has an `error` of its own and the others their answers.
   *
   * @example
   * ```ts
   * import { tagBatch } from 'classer-local';
   * const { results } = await tagBatch({ texts: ['Goal in the last minute!'], labels: ['sport', 'tax law'] });
   * console.log(results[0]?.labels?.[0]?.label); // sport
   * ```
   */
  tagBatch<const L extends Names>(request: Asked<BatchTagRequest, L>): Promise<BatchTagResponse<L[number]>>;
}

/** The answer cache of a classifier. */
export interface RememberedAnswers {
  /** Forgets every answer, and what was computed for labels. */
  clear(): Promise<void>;
  /** How many answers are remembered, and about how many bytes they take. */
  size(): Promise<CacheSize>;
}

/**
 * A classifier with a worker of its own.
 *
 * @example
 * ```ts
 * import { createClasser } from 'classer-local';
 * const classer = createClasser({ runtime: { threads: 1 } });
 * await classer.ready({ onProgress: ({ done, total }) => console.assert(done <= total) });
 * const { label } = await classer.classify({ text: 'Refund me', labels: ['billing', 'praise'], timeout: 10 });
 * console.log(label); // billing
 * await classer.dispose();
 * ```
 */
export interface Classer extends Calls {
  /** Loads the model now rather than on the first call. */
  ready(waiting?: Waiting): Promise<void>;
  /** What runs the model that answers requests which name none: the processor or the graphics card. */
  info(): Promise<RuntimeInfo>;
  /** Saved classifiers, to be named in requests instead of labels. */
  readonly classifiers: Classifiers;
  /** Models besides the embedded one: installed once, used offline. */
  readonly models: Models;
  /** Large files of texts, answered in the background. */
  readonly jobs: Jobs;
  /** Keys for those who ask over HTTP, where `classer serve --require-key` wants one. */
  readonly keys: Keys;
  /** Says that local use is free. */
  balance(): Promise<Balance>;
  /** Requests, tokens, cache hits and latency, a day. */
  usage(range?: UsageRange): Promise<Usage>;
  /** The requests themselves, newest first, page by page; their texts only where the `logs.texts` option is on. */
  logs(range?: LogRange): Promise<LogPage>;
  /** Answers that are remembered, so that the same request costs nothing again. */
  readonly cache: RememberedAnswers;
  /** Ends the worker, which gives its memory back; calls in flight reject with code `ABORTED`. */
  dispose(): Promise<void>;
  /** The same as `dispose`, for `await using`. */
  [Symbol.asyncDispose](): Promise<void>;
}
