import { isFields, kindOf, optionalNumber, optionalString, quote } from '../contract/checks.js';
import { invalid } from '../contract/errors.js';
import { TIMEOUTS } from '../contract/limits.js';
import type { Timeouts } from './asker.js';
import type { FallbackEvent } from './hosted/failure.js';
import { checkListener } from './listener.js';
import type { CreateOptions } from './options.js';

/** The hosted SDK's configuration, and ours. */
export interface ClasserConfig extends CreateOptions {
  /** The hosted API's key, sent there where `fallback` says that it may be asked; local answers need none. */
  apiKey?: string | undefined;
  /** Seconds that `classify` and `tag` may take once the model is loaded. Default: 30. */
  timeout?: number | undefined;
  /** Seconds that the batch methods may take once the model is loaded. Default: 600. */
  batchTimeout?: number | undefined;
  /**
   * `"local"`: asks the hosted API, and answers locally on a network failure or time-out, when offline, and on 402, 429
   * and 5xx. `"hosted"`: answers locally, and asks the hosted API when the model or its worker cannot. Left out, nothing
   * is sent anywhere.
   */
  fallback?: 'local' | 'hosted' | undefined;
  /** Told each time that the other side answers, and why. */
  onFallback?: ((event: FallbackEvent) => void) | undefined;
}

/** What a client with a hosted side needs besides. */
export interface HostedConfig {
  readonly first: 'hosted' | 'local';
  readonly apiKey: string | undefined;
  readonly timeouts: Timeouts;
  readonly onFallback: (event: FallbackEvent) => void;
}

/** A configuration once checked; throws VALIDATION_ERROR naming the field at fault. */
export function checkConfig(config: unknown): {
  plain: boolean;
  options: CreateOptions;
  timeouts: Timeouts;
  hosted: HostedConfig | undefined;
} {
  if (!isFields(config)) throw invalid('config', `The configuration must be an object, not ${kindOf(config)}.`);
  const { apiKey: _, timeout, batchTimeout, fallback: __, onFallback, ...options } = config;
  const positive = { min: 0, max: Number.POSITIVE_INFINITY };
  const timeouts = {
    single: optionalNumber({ timeout }, 'timeout', positive) ?? TIMEOUTS.single,
    batch: optionalNumber({ batchTimeout }, 'batchTimeout', positive) ?? TIMEOUTS.batch,
  };
  const fallback = optionalString(config, 'fallback');
  if (fallback !== undefined && fallback !== 'local' && fallback !== 'hosted') {
    throw invalid('fallback', `fallback must be "local" or "hosted", not ${quote(fallback)}.`);
  }
  const tell = checkListener<FallbackEvent>(onFallback, 'onFallback') ?? (() => undefined);
  const plain = Object.keys(options).length === 0 && timeout === undefined && batchTimeout === undefined;
  const first = fallback === 'local' ? 'hosted' : 'local';
  const apiKey =
    typeof config['apiKey'] === 'string' && config['apiKey'] !== '' ? config['apiKey'] : keyOfEnvironment();
  const hosted = fallback === undefined ? undefined : ({ first, apiKey, timeouts, onFallback: tell } as const);
  return { plain, options, timeouts, hosted };
}

/** Where the hosted SDK looks, too. */
function keyOfEnvironment(): string | undefined {
  const { process } = globalThis as { process?: { env?: Record<string, string | undefined> } };
  return process?.env?.['CLASSER_API_KEY'];
}
