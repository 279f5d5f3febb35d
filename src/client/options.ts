import { isFields, kindOf, optionalNumber, optionalString, quote } from '../contract/checks.js';
import { invalid } from '../contract/errors.js';
import { nearest } from '../contract/nearest.js';
import { unknownFields } from '../contract/request.js';

/** How a classifier is set up; every option may be left out. */
export interface CreateOptions {
  /** The id of an installed model; the embedded default when left out. */
  model?: string | undefined;
  /**
   * Folder of worker, weights and runtime, as a URL; needed only where they do not lie beside the module.
   * `classer assets DIR` copies them.
   */
  assets?: string | URL | undefined;
  runtime?:
    | {
        /** Threads of the model; by default as many as help, and one on a page that is not cross-origin isolated. */
        threads?: number | undefined;
      }
    | undefined;
  /** Disposes of the classifier when it fires. */
  signal?: AbortSignal | undefined;
}

/** Options once checked. */
export interface CheckedOptions {
  readonly model: string | undefined;
  readonly assets: string | undefined;
  readonly threads: number | undefined;
  readonly signal: AbortSignal | undefined;
}

const KNOWN = ['model', 'assets', 'runtime', 'signal'];

/** Throws VALIDATION_ERROR naming the option at fault. */
export function checkOptions(options: unknown): CheckedOptions {
  if (!isFields(options)) throw invalid('options', `Options must be an object, not ${kindOf(options)}.`);
  refuseUnknown(options, KNOWN, 'option');
  const { assets, runtime = {}, signal } = options;
  if (assets !== undefined && typeof assets !== 'string' && !(assets instanceof URL)) {
    throw invalid('assets', `assets must be a URL, not ${kindOf(assets)}.`);
  }
  if (!isFields(runtime)) throw invalid('runtime', `runtime must be an object, not ${kindOf(runtime)}.`);
  refuseUnknown(runtime, ['threads'], 'runtime option');
  const threads = optionalNumber(runtime, 'threads', { min: 1, max: 64 });
  return {
    model: optionalString(options, 'model'),
    assets: assets === undefined ? undefined : String(assets),
    threads: threads && Math.floor(threads),
    signal: checkSignal(signal),
  };
}

/** Throws VALIDATION_ERROR for the first field that is not known, with the nearest one that is. */
export function refuseUnknown(
  fields: Readonly<Record<string, unknown>>,
  known: readonly string[],
  what = 'field',
): void {
  const [unknown] = unknownFields(fields, known);
  if (unknown === undefined) return;
  const near = nearest(unknown, known);
  const hint = near ? ` Did you mean ${near}?` : ` Known: ${known.join(', ')}.`;
  throw invalid(unknown, `There is no ${what} ${quote(unknown)}.${hint}`);
}

/** An abort signal, of any realm, or nothing. */
export function checkSignal(signal: unknown): AbortSignal | undefined {
  if (signal === undefined || signal === null) return undefined;
  const like = signal as Partial<AbortSignal>;
  const listens = typeof like.addEventListener === 'function' && typeof like.removeEventListener === 'function';
  if (typeof like.aborted === 'boolean' && listens) return signal as AbortSignal;
  throw invalid('signal', `signal must be an AbortSignal, not ${kindOf(signal)}.`);
}
