import { isFields, kindOf, optionalNumber } from '../contract/checks.js';
import { classifierReference, type SavedClassifier, withClassifier } from '../contract/classifier.js';
import { ClasserError, failure } from '../contract/errors.js';
import { CALLS, checkRequest, knownFields } from '../contract/request.js';
import type { Task } from '../contract/task.js';
import type { CallOptions } from '../contract/types.js';
import { refuseUnknown } from '../contract/unknown.js';
import type { Method } from '../service/response.js';
import { checkListener } from './listener.js';
import { checkSignal } from './options.js';

/** A request taken apart: what crosses to the worker, and what stays here. */
export interface CheckedCall {
  readonly task: Task;
  readonly timeout: number;
  readonly signal: AbortSignal | undefined;
  readonly onProgress: CallOptions['onProgress'];
}

const LOCAL = ['signal', 'timeout', 'onProgress'] as const;

/** The saved classifier that a request names, if it names one. */
export function classifierOf(request: unknown): string | undefined {
  return readable(() =>
    isFields(request) && classifierReference(request) ? String(request['classifier']) : undefined,
  );
}

/** Checks a request of the JavaScript surface, where an unknown field is an error; `saved` is its classifier. */
export function checkCall(method: Method, request: unknown, timeout: number, saved?: SavedClassifier): CheckedCall {
  return readable(() => check(method, request, timeout, saved));
}

function readable<Result>(read: () => Result): Result {
  try {
    return read();
  } catch (cause) {
    if (ClasserError.is(cause)) throw cause;
    // A getter or a proxy of the caller's threw.
    throw failure('BAD_REQUEST', `The request could not be read: ${cause}`, undefined, cause);
  }
}

/** What `ready` takes, checked. */
export function checkWaiting(waiting: unknown = {}): Pick<CheckedCall, 'signal' | 'onProgress'> {
  if (!isFields(waiting)) throw failure('BAD_REQUEST', `ready takes an object, not ${kindOf(waiting)}.`);
  refuseUnknown(waiting, ['signal', 'onProgress']);
  return { signal: checkSignal(waiting['signal']), onProgress: checkListener(waiting['onProgress']) };
}

function check(method: Method, request: unknown, timeout: number, saved: SavedClassifier | undefined): CheckedCall {
  if (!isFields(request)) throw failure('BAD_REQUEST', `A request must be an object, not ${kindOf(request)}.`);
  const call = CALLS[method];
  refuseUnknown(request, [...knownFields(call), ...LOCAL]);
  const limit = optionalNumber(request, 'timeout', { min: 0, max: Number.POSITIVE_INFINITY });
  return {
    task: checkRequest(call, saved ? withClassifier(request, saved) : request),
    timeout: limit ?? timeout,
    signal: checkSignal(request['signal']),
    onProgress: checkListener(request['onProgress']),
  };
}
