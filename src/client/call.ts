import { type Fields, isFields, kindOf, optionalNumber } from '../contract/checks.js';
import { failure, invalid } from '../contract/errors.js';
import { CALLS, checkRequest, knownFields } from '../contract/request.js';
import type { Task } from '../contract/task.js';
import type { CallOptions } from '../contract/types.js';
import type { Method } from '../service/response.js';
import { checkSignal, refuseUnknown } from './options.js';

/** A request taken apart: what crosses to the worker, and what stays here. */
export interface CheckedCall {
  readonly task: Task;
  readonly timeout: number;
  readonly signal: AbortSignal | undefined;
  readonly onProgress: CallOptions['onProgress'];
}

const LOCAL = ['signal', 'timeout', 'onProgress'] as const;

/** Checks a request of the JavaScript surface, where an unknown field is an error. */
export function checkCall(method: Method, request: unknown, timeout: number): CheckedCall {
  if (!isFields(request)) throw failure('BAD_REQUEST', `A request must be an object, not ${kindOf(request)}.`);
  const call = CALLS[method];
  refuseUnknown(request, [...knownFields(call), ...LOCAL]);
  const limit = optionalNumber(request, 'timeout', { min: 0, max: Number.POSITIVE_INFINITY });
  return {
    task: checkRequest(call, request),
    timeout: limit ?? timeout,
    signal: checkSignal(request['signal']),
    onProgress: checkProgress(request),
  };
}

function checkProgress({ onProgress }: Fields): CallOptions['onProgress'] {
  if (onProgress === undefined || onProgress === null) return undefined;
  if (typeof onProgress === 'function') return onProgress as CallOptions['onProgress'];
  throw invalid('onProgress', `onProgress must be a function, not ${kindOf(onProgress)}.`);
}
