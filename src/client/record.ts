import { isFields } from '../contract/checks.js';
import { elapsedSince } from '../contract/elapsed.js';
import { ENDPOINTS } from '../contract/endpoints.js';
import { asClasserError, ClasserError } from '../contract/errors.js';
import type { Task } from '../contract/task.js';
import { keptInputs, type LogEntry } from '../service/account/entry.js';
import type { Recorder } from '../service/account/recorder.js';
import type { Outcome } from '../service/answer.js';
import type { Method } from '../service/response.js';
import { type Caller, callerOf, newCaller } from './caller.js';

/** Takes down one request: how it began, and then how it ended. */
export type StartRecord = (
  method: Method,
  request: unknown,
) => { answered(task: Task, outcome: Outcome): void; failed(error: unknown): void };

/** Takes requests down for usage and logs; with their texts only where that is wanted. */
export const recordTo =
  (recorder: Recorder, texts: boolean): StartRecord =>
  (method, request) => {
    const begun = performance.now();
    const caller = callerOf(request) ?? newCaller();
    caller.recorded = true;
    const { id, key } = caller;
    const common = { request_id: id, created_at: new Date().toISOString(), endpoint: ENDPOINTS[method] };
    const took = () => elapsedSince(begun);
    const note = (rest: Omit<LogEntry, keyof typeof common | 'key_id' | 'latency_ms'>) =>
      recorder.record({ ...common, ...rest, latency_ms: took(), key_id: key ?? null });
    return {
      answered(task, { answers, model }) {
        const good = answers.flatMap((one) => (ClasserError.is(one) ? [] : [one]));
        note({
          model,
          status: 200,
          error_code: null,
          texts: answers.length,
          tokens: good.reduce((sum, { tokens }) => sum + tokens, 0),
          cache_hits: good.filter(({ cached }) => cached).length,
          ...(texts && { inputs: keptInputs(task.texts) }),
        });
      },
      failed(error) {
        const { code, status = 500 } = asClasserError(error);
        note({ model: null, status, error_code: code, texts: sentTexts(request), tokens: 0, cache_hits: 0 });
      },
    };
  };

/** How many texts a request brought that may have anything in it. */
function sentTexts(request: unknown): number {
  if (!isFields(request)) return 0;
  const { text, texts } = request;
  return Array.isArray(texts) ? texts.length : typeof text === 'string' ? 1 : 0;
}

// Under a registered symbol, as the handler may come from another entry of the package than the classifier.
const RECORD = Symbol.for('classer.record');

/** What lets a handler take down what it refused before the classifier saw it. */
export const recordable = (recorder: Recorder): object => ({ [RECORD]: (entry: LogEntry) => recorder.record(entry) });

/** Takes a request down that ended in an error, unless that was done. */
export function recordRefusal(classer: object, caller: Caller, endpoint: string, error: unknown): void {
  if (caller.recorded) return;
  caller.recorded = true;
  const { code, status = 500 } = asClasserError(error);
  (classer as { [RECORD]?: Recorder['record'] })[RECORD]?.({
    request_id: caller.id,
    created_at: new Date().toISOString(),
    endpoint: endpoint.slice(0, LONGEST_ENDPOINT),
    model: null,
    status,
    error_code: code,
    texts: 0,
    tokens: 0,
    cache_hits: 0,
    latency_ms: null,
    key_id: caller.key ?? null,
  });
}

/** Anybody may ask for any address at all. */
const LONGEST_ENDPOINT = 100;
