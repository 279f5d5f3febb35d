import type { SavedClassifier } from '../contract/classifier.js';
import { abandoned, failure } from '../contract/errors.js';
import { type DocumentFile, isUrl, readBytes } from '../contract/file.js';
import { CALLS } from '../contract/request.js';
import type { Task } from '../contract/task.js';
import { errorFromBody } from '../contract/wire.js';
import type { Outcome } from '../service/answer.js';
import type { AnswerCache } from '../service/cache/cache.js';
import { recall } from '../service/cache/recall.js';
import { type Method, type Responses, respond } from '../service/response.js';
import { type CheckedCall, checkCall, classifierOf } from './call.js';
import { recordReceipt } from './receipt.js';
import type { StartRecord } from './record.js';
import { recordSource } from './source.js';
import type { Workers } from './workers.js';

/** Seconds that a call may take, by kind. */
export interface Timeouts {
  readonly single: number;
  readonly batch: number;
}

/** What answers are made with. */
export interface AskerParts {
  readonly workers: Workers;
  readonly cache: AnswerCache | undefined;
  /** Finds a saved classifier by `name` or `name@vN`. */
  readonly find: (reference: string) => Promise<SavedClassifier>;
  readonly timeouts: Timeouts;
  readonly record: StartRecord;
}

/** The way of a request on the caller's side: checked, looked up, asked of the worker, shaped. */
export class Asker {
  readonly #parts: AskerParts;

  constructor(parts: AskerParts) {
    this.#parts = parts;
  }

  /** One of the four calls; it is recorded, however it ends. */
  async ask<M extends Method>(method: M, request: unknown): Promise<Responses[M]> {
    const record = this.#parts.record(method, request);
    try {
      const { task, outcome } = await this.#answer(method, request);
      const response = this.#shape(method, outcome);
      record.answered(task, outcome);
      return response;
    } catch (error) {
      record.failed(error);
      throw error;
    }
  }

  async #answer(method: Method, request: unknown): Promise<{ task: Task; outcome: Outcome }> {
    const { timeouts, find, cache, workers } = this.#parts;
    const limit = CALLS[method].batch ? timeouts.batch : timeouts.single;
    const reference = classifierOf(request);
    // Waited for only where there is one: the worker starts, and the request is read, before `ask` gives way.
    const call = checkCall(method, request, limit, reference === undefined ? undefined : await find(reference));
    const task = call.task.files.length > 0 ? await withBytes(call.task) : call.task;
    const run = (open: Task) => this.run(open, call);
    // What lies at a URL may be something else tomorrow.
    const fleeting = task.files.some(({ content }) => isUrl(content));
    if (!cache || fleeting) return { task, outcome: await run(task) };
    const { pool, identity } = await workers.get(task.model, task.files.length > 0);
    pool.refuseDisposed();
    const outcome = await recall(cache, await identity(), task, run);
    // What was known is no answer to a call that was given up meanwhile.
    pool.refuseDisposed();
    if (call.signal?.aborted) throw abandoned(call.signal);
    return { task, outcome };
  }

  #shape<M extends Method>(method: M, outcome: Outcome): Responses[M] {
    return recordReceipt(recordSource(respond(method, outcome), outcome.model), outcome);
  }

  /** Has the worker answer, without the cache. */
  async run(task: Task, { timeout, signal, onProgress }: Omit<CheckedCall, 'task'>): Promise<Outcome> {
    const context = { signal, onProgress };
    const found = this.#parts.workers.get(task.model, task.files.length > 0);
    // Waited for only where it must be looked up.
    const { pool } = found instanceof Promise ? await found : found;
    const { answers, computed: _, ...rest } = await pool.run(task, context, timeout);
    return { ...rest, answers: answers.map((one) => ('error' in one ? errorFromBody(one.error) : one.answer)) };
  }
}

/** Bytes are copied here: the caller may change them, and they are what an answer is remembered by. */
async function withBytes(task: Task): Promise<Task> {
  return { ...task, files: await Promise.all(task.files.map(copied)) };
}

async function copied(file: DocumentFile): Promise<DocumentFile> {
  const { content, image } = file;
  if (typeof content === 'string') return file;
  try {
    return { ...file, content: await readBytes(content) };
  } catch (cause) {
    const field = image === undefined ? 'file' : 'image';
    const message = `${field} cannot be read any more; choose it anew.`;
    throw failure('DOCUMENT_ERROR', message, { field, reason: 'corrupt' }, cause);
  }
}
