import {
  type Fields,
  isFields,
  kindOf,
  optionalBoolean,
  optionalNumber,
  optionalString,
  quote,
} from '../contract/checks.js';
import { failure, invalid } from '../contract/errors.js';
import { isUrlPolicy, type UrlPolicy } from '../contract/file.js';
import { refuseUnknown } from '../contract/unknown.js';
import type { CacheLimits } from '../service/cache/cache.js';
import type { DeviceWish } from './pool.js';

/** How a classifier is set up; every option may be left out. */
export interface CreateOptions {
  /** The id of an installed model; the embedded default when left out. */
  model?: string | undefined;
  /**
   * Folder of worker, weights and runtime, as a URL; needed only where they do not lie beside the module.
   * `classer assets DIR` copies them.
   */
  assets?: string | URL | undefined;
  /**
   * What runs the model: `"wasm"`, the processor; `"webgpu"`, the graphics card, where that gives the same answers; or
   * `"auto"` (default), the faster one. Whatever it is, the first answers come from the processor.
   */
  device?: DeviceWish | undefined;
  /**
   * Workers that batches and jobs are spread over. By default one on small machines, and more (four at most) where all of their
   * threads take no more than half of the cores and each has two gigabytes of memory.
   */
  concurrency?: number | undefined;
  runtime?:
    | {
        /** Threads of the model; by default as many as help, and one on a page that is not cross-origin isolated. */
        threads?: number | undefined;
      }
    | undefined;
  /**
   * Where saved classifiers, remembered answers, jobs, keys, usage and logs are kept: the name of a database in a page
   * (default `"classer-local"`), a folder in Node (default: `CLASSER_HOME`, else the user's own data folder), or
   * `"memory"` to keep nothing. Texts are not kept, except those of jobs and, where `logs.texts` says so, of logs.
   */
  store?: string | undefined;
  /**
   * Bounds of the answer cache, by default 16 MB and a day; `false` turns it off, and with it what is kept of labels: numbers that
   * a later page or process need not compute again.
   */
  cache?: false | { bytes?: number | undefined; seconds?: number | undefined } | undefined;
  /** Whether logs keep the texts of requests; they do not unless `texts` is true. */
  logs?: { texts?: boolean | undefined } | undefined;
  /**
   * Which URLs a `file` may be fetched from: `"any"` (default), `"public"` (none of this machine or of private
   * networks) or `"none"`.
   */
  allowUrls?: UrlPolicy | undefined;
  /**
   * Where Tesseract's data (`.traineddata`, packed by gzip or not) of the languages lie that scans and pictures are
   * written in, as URLs; English, which comes with the package, when left out.
   */
  ocrData?: string | readonly string[] | undefined;
  /** The hub that ids of models are fetched from when `models.install` is called, as a URL; there is none by default. */
  modelHost?: string | URL | undefined;
  /** Disposes of the classifier when it fires. */
  signal?: AbortSignal | undefined;
}

/** Options once checked. */
export interface CheckedOptions {
  readonly model: string | undefined;
  readonly assets: string | undefined;
  readonly runtime: { readonly threads?: number; readonly concurrency?: number };
  readonly device: DeviceWish;
  readonly store: string | undefined;
  readonly cache: CacheLimits | undefined;
  readonly logTexts: boolean;
  readonly allowUrls: UrlPolicy;
  readonly ocrData: readonly string[] | undefined;
  readonly modelHost: string | undefined;
  readonly signal: AbortSignal | undefined;
}

const KNOWN = [
  'model',
  'assets',
  'runtime',
  'device',
  'concurrency',
  'store',
  'cache',
  'logs',
  'allowUrls',
  'ocrData',
  'modelHost',
  'signal',
];
const DAY = 24 * 60 * 60;

/** Throws VALIDATION_ERROR naming the option at fault. */
export function checkOptions(options: unknown): CheckedOptions {
  if (!isFields(options)) throw invalid('options', `Options must be an object, not ${kindOf(options)}.`);
  refuseUnknown(options, KNOWN, 'option');
  const { assets, runtime = {}, cache = {}, logs = {}, signal } = options;
  if (assets !== undefined && typeof assets !== 'string' && !(assets instanceof URL)) {
    throw invalid('assets', `assets must be a URL, not ${kindOf(assets)}.`);
  }
  const { threads: wanted } = checkGroup('runtime', runtime, ['threads']);
  const { texts } = checkGroup('logs', logs, ['texts']);
  const threads = count({ threads: wanted }, 'threads');
  const concurrency = count(options, 'concurrency');
  const store = optionalString(options, 'store');
  if (store === '') throw invalid('store', 'store must name a database or a folder, or be "memory".');
  return {
    model: optionalString(options, 'model'),
    assets: assets === undefined ? undefined : String(assets),
    runtime: { ...(threads && { threads }), ...(concurrency && { concurrency }) },
    device: checkDevice(optionalString(options, 'device')),
    store,
    cache: cache === false ? undefined : checkCache(cache),
    logTexts: optionalBoolean({ texts }, 'texts') ?? false,
    allowUrls: checkPolicy(optionalString(options, 'allowUrls')),
    ocrData: checkAddresses('ocrData', options['ocrData']),
    modelHost: checkHost(options['modelHost']),
    signal: checkSignal(signal),
  };
}

function checkHost(host: unknown): string | undefined {
  if (host === undefined || host === null) return undefined;
  if (/^https?:\/\/[^/]/i.test(String(host))) return String(host);
  throw invalid('modelHost', 'modelHost must be the http or https URL of a hub.');
}

/** A whole number from 1 to 64, if there is one. */
function count(fields: Fields, name: string): number | undefined {
  const value = optionalNumber(fields, name, { min: 1, max: 64 });
  return value && Math.floor(value);
}

function checkDevice(device = 'auto'): DeviceWish {
  if (device === 'auto' || device === 'wasm' || device === 'webgpu') return device;
  throw invalid('device', `device must be auto, wasm or webgpu, not ${quote(device)}.`);
}

function checkPolicy(policy = 'any'): UrlPolicy {
  if (isUrlPolicy(policy)) return policy;
  throw invalid('allowUrls', `allowUrls must be any, public or none, not ${quote(policy)}.`);
}

/** An option that is a URL or a list of them; a page's may be relative to it. */
function checkAddresses(name: string, value: unknown): string[] | undefined {
  if (value === undefined) return undefined;
  try {
    return [value].flat().map((one) => new URL(one as string, globalThis.document?.baseURI).href);
  } catch (cause) {
    throw failure('VALIDATION_ERROR', `${name} must be a URL or a list of URLs.`, { field: name }, cause);
  }
}

/** An option that is an object of options. */
function checkGroup(name: string, value: unknown, known: readonly string[]): Fields {
  if (!isFields(value)) throw invalid(name, `${name} must be an object, not ${kindOf(value)}.`);
  refuseUnknown(value, known, `${name} option`);
  return value;
}

function checkCache(cache: unknown): CacheLimits {
  const fields = checkGroup('cache', cache, ['bytes', 'seconds']);
  return {
    bytes: optionalNumber(fields, 'bytes', POSITIVE) ?? 16_000_000,
    seconds: optionalNumber(fields, 'seconds', POSITIVE) ?? DAY,
  };
}

const POSITIVE = { min: 0, max: Number.POSITIVE_INFINITY };

/** An abort signal, of any realm, or nothing. */
export function checkSignal(signal: unknown): AbortSignal | undefined {
  if (signal === undefined || signal === null) return undefined;
  const like = signal as Partial<AbortSignal>;
  const listens = typeof like.addEventListener === 'function' && typeof like.removeEventListener === 'function';
  if (typeof like.aborted === 'boolean' && listens) return signal as AbortSignal;
  throw invalid('signal', `signal must be an AbortSignal, not ${kindOf(signal)}.`);
}
