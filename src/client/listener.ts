import { kindOf } from '../contract/checks.js';
import { invalid } from '../contract/errors.js';
import type { CallOptions } from '../contract/types.js';

/** A caller's progress callback, made harmless: what it throws is reported and stops nothing. */
export function checkListener(onProgress: unknown): CallOptions['onProgress'] {
  if (onProgress === undefined || onProgress === null) return undefined;
  if (typeof onProgress !== 'function') {
    throw invalid('onProgress', `onProgress must be a function, not ${kindOf(onProgress)}.`);
  }
  return (progress) => {
    try {
      onProgress(progress);
    } catch (error) {
      report(error);
    }
  };
}

/** As an uncaught error where that harms nobody; in Node it would end the process. */
function report(error: unknown): void {
  if (typeof globalThis.reportError === 'function') globalThis.reportError(error);
  else console.error(error);
}
