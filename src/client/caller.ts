import { requestId } from '../contract/random.js';

/** Who sent a request over HTTP. */
export interface Caller {
  /** The answer's `X-Request-ID`. */
  readonly id: string;
  /** The id of the key that was used, where keys are required. */
  key: string | undefined;
  /** Whether usage and logs have the request already. */
  recorded: boolean;
}

/** Somebody whose request has just come. */
export const newCaller = (): Caller => ({ id: requestId(), key: undefined, recorded: false });

// Under a symbol, which no request of JSON can have; a registered one, so that every entry of the package knows it.
const CALLER = Symbol.for('classer.caller');

/** A request with a note of who sent it. */
export const withCaller = (request: object, caller: Caller): object => ({ ...request, [CALLER]: caller });

/** Who sent a request, where that was noted. */
export function callerOf(request: unknown): Caller | undefined {
  return typeof request === 'object' && request !== null ? (request as { [CALLER]?: Caller })[CALLER] : undefined;
}
