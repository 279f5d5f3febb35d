import { asClasserError, type ClasserError } from '../../contract/errors.js';
import type { Task } from '../../contract/task.js';
import type { Release, Store } from '../../store/store.js';
import type { Recorder } from '../account/recorder.js';
import type { Outcome } from '../answer.js';
import type { AskTexts } from './answer.js';
import { disposed } from './errors.js';
import type { JobRecord } from './job.js';
import type { JobRecords } from './records.js';
import { runJob } from './run.js';

/** What jobs are run with. */
export interface RunnerParts {
  readonly store: () => Promise<Store>;
  readonly run: (task: Task, signal: AbortSignal) => Promise<Outcome>;
  readonly recorder: Recorder;
}

/** Runs one job at a time in the background, and writes down how it ended. */
export class JobRunner {
  readonly #parts: RunnerParts;
  readonly #records: JobRecords;
  #running: { id: string; controller: AbortController; done: Promise<void> } | undefined;
  #disposed = false;

  constructor(parts: RunnerParts, records: JobRecords) {
    this.#parts = parts;
    this.#records = records;
  }

  get disposed(): boolean {
    return this.#disposed;
  }

  get busy(): boolean {
    return this.#running !== undefined;
  }

  /** Resolves when this job, running here, has ended; undefined when it does not. */
  end(id: string): Promise<void> | undefined {
    return this.#running?.id === id ? this.#running.done : undefined;
  }

  /** Asks the worker, past the cache. */
  ask(task: Task): AskTexts {
    return async (texts, signal) => (await this.#parts.run({ ...task, urgency: 'job', texts }, signal)).answers;
  }

  start(record: JobRecord, release: Release): void {
    const controller = new AbortController();
    if (this.#disposed) controller.abort(disposed());
    const ask = this.ask({ ...record.task, budget: Number.POSITIVE_INFINITY });
    const done = this.#parts
      .store()
      .then((store) => runJob(store, record, ask, controller.signal))
      .then(() => this.#finish(record.job_id))
      .catch(async (error: unknown) => {
        // A job that was stopped with its process is not failed: it goes on later.
        if (!controller.signal.aborted) await this.#finish(record.job_id, asClasserError(error));
      })
      .catch(() => undefined)
      .then(async () => {
        this.#running = undefined;
        await release();
      });
    this.#running = { id: record.job_id, controller, done };
  }

  /** Stops the running job where it stands; it can be resumed. */
  async dispose(): Promise<void> {
    this.#disposed = true;
    this.#running?.controller.abort(disposed());
    await this.#running?.done;
  }

  async #finish(id: string, failed?: ClasserError): Promise<void> {
    const completed_at = failed ? null : new Date().toISOString();
    const status = failed ? 'failed' : 'completed';
    const error = failed?.message ?? null;
    this.#log(await this.#records.change(id, (before) => ({ ...before, status, error, completed_at })), failed);
  }

  /** A job counts as one request of as many texts as it has lines. */
  #log({ job_id, position, task }: JobRecord, failed: ClasserError | undefined): void {
    this.#parts.recorder.record({
      request_id: job_id,
      created_at: new Date().toISOString(),
      endpoint: '/v1/batch',
      model: task.model ?? null,
      status: failed ? (failed.status ?? 500) : 200,
      error_code: failed?.code ?? null,
      texts: position.lines,
      tokens: position.tokens,
      cache_hits: 0,
      latency_ms: null,
      key_id: null,
    });
  }
}
