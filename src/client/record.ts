import { asClasserError, ClasserError } from '../contract/errors.js';
import type { Task } from '../contract/task.js';
import type { LogEntry } from '../service/account/entry.js';
import type { Recorder } from '../service/account/recorder.js';
import type { Outcome } from '../service/answer.js';
import { ENDPOINTS, type Method } from '../service/response.js';
import { callerOf, requestId } from './caller.js';

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
    const { id, key } = callerOf(request) ?? { id: requestId(), key: undefined };
    const common = { request_id: id, created_at: new Date().toISOString(), endpoint: ENDPOINTS[method] };
    const took = () => Math.round((performance.now() - begun) * 100) / 100;
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
          ...(texts && { inputs: [...task.texts] }),
        });
      },
      failed(error) {
        const { code, status = 500 } = asClasserError(error);
        note({ model: null, status, error_code: code, texts: 0, tokens: 0, cache_hits: 0 });
      },
    };
  };
