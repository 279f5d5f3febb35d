import { kindOf } from '../contract/checks.js';
import { invalid } from '../contract/errors.js';
import type { Progress } from '../contract/types.js';

/** A caller's callback, made harmless: what it throws is reported and stops nothing. */
export function checkListener<Event = Progress>(
  listener: unknown,
  name = 'onProgress',
): ((event: Event) => void) | undefined {
  if (listener === undefined || listener === null) return undefined;
  if (typeof listener !== 'function') {
    throw invalid(name, `${name} must be a function, not ${kindOf(listener)}.`);
  }
  return (event) => {
    try {
      listener(event);
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
