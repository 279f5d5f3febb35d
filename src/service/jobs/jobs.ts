import type { SavedClassifier } from '../../contract/classifier.js';
import { abandoned, type ClasserError } from '../../contract/errors.js';
import { randomHex } from '../../contract/random.js';
import { unlessDamaged } from '../../store/damaged.js';
import type { ModelIdentity } from '../cache/recall.js';
import { type Answered, answerLines } from './answer.js';
import { conflict, disposed } from './errors.js';
import { damagedJob, inputOf, type Job, type JobRecord, START, segmentOf, view } from './job.js';
import { type LineStart, readLines } from './lines.js';
import { JobRecords } from './records.js';
import { checkJob, type JobRequest, type JobTask } from './request.js';
import { JobRunner, type RunnerParts } from './runner.js';
import { type JobInput, piecesOf, streamOf } from './stream.js';
import { writeInput } from './upload.js';

/** What jobs are made of and run with. */
export interface JobParts extends RunnerParts {
  readonly find: (reference: string) => Promise<SavedClassifier>;
  /** The model of this id, or the one of requests that name none; rejects with MODEL_NOT_FOUND. */
  readonly identity: (model: string | undefined) => Promise<ModelIdentity>;
}

/** A job's request once checked, and the model that answers. */
export interface CheckedJob extends JobTask {
  readonly model: ModelIdentity;
}

/** One job runs at a time, whichever tab or process started it. */
const SLOT = 'batch';
/** What a job is while it is removed, should the process die in between: nothing but to be removed again. */
const REMOVED = { status: 'failed', error: 'Its removal broke off; remove it again.', input: null } as const;
/** Milliseconds between two looks at a job that another process runs. */
const LOOK = 250;

/**
 * Jobs over files of NDJSON: one object with `text`, and `id` if wanted, a line.
 *
 * A job goes on where it stood after its process or page died, when `resume` is called or it is started again; no line is lost or
 * answered twice. Rejects with `JOB_NOT_FOUND`, `JOB_CONFLICT`, `VALIDATION_ERROR`, `CLASSIFIER_NOT_FOUND`, `MODEL_NOT_FOUND` or
 * `STORAGE_FULL`.
 *
 * @example
 * ```ts
 * import { createClasser } from 'classer-local';
 * const classer = createClasser({ store: 'memory' });
 * const { job_id } = await classer.jobs.create({ labels: ['billing', 'praise'] });
 * await classer.jobs.upload(job_id, '{"id":7,"text":"I was charged twice"}\n');
 * await classer.jobs.start(job_id);
 * const { status, requests_completed } = await classer.jobs.wait(job_id);
 * const [line = ''] = (await new Response(await classer.jobs.results(job_id)).text()).split('\n');
 * console.log(status, requests_completed, JSON.parse(line).label); // completed 1 billing
 * await classer.dispose();
 * ```
 */
export class Jobs {
  readonly #parts: JobParts;
  readonly #records: JobRecords;
  readonly #runner: JobRunner;

  /** @internal */
  constructor(parts: JobParts) {
    this.#parts = parts;
    this.#records = new JobRecords(parts.store);
    this.#runner = new JobRunner(parts, this.#records);
  }

  /** Makes a job; it waits for its input. */
  async create(request: JobRequest): Promise<Job> {
    const { mode, classifier, task } = await this.check(request);
    const { budget: _, ...plain } = task;
    const record: JobRecord = {
      job_id: `batch_${randomHex(8)}`,
      status: 'pending',
      mode,
      classifier,
      task: plain,
      requests_total: null,
      estimated_tokens: null,
      error: null,
      created_at: new Date().toISOString(),
      started_at: null,
      completed_at: null,
      signature: randomHex(16),
      input_bytes: null,
      input: null,
      position: START,
    };
    await this.#records.add(record);
    return view(record);
  }

  /** Stores the input of a pending job, in place of an earlier one; without ever holding all of it. */
  async upload(id: string, input: JobInput): Promise<Job> {
    const check = ({ status }: JobRecord) => {
      if (status !== 'pending') throw conflict(id, `it is ${status}; only a pending job takes an upload`);
    };
    check(await this.#records.get(id));
    const { files } = await this.#parts.store();
    const file = inputOf(id);
    let unused: string | null = file;
    try {
      const { bytes, lines } = await writeInput(files, file, piecesOf(input));
      const uploaded = { input_bytes: bytes, requests_total: lines, estimated_tokens: Math.ceil(bytes / 4) };
      const record = await this.#records.change(id, (before) => {
        check(before);
        unused = before.input;
        return { ...before, ...uploaded, input: file, position: START };
      });
      return view(record);
    } catch (error) {
      // The files of a job that was removed meanwhile went with it.
      check(await this.#records.get(id));
      throw error;
    } finally {
      if (unused !== null) await files.remove(unused);
    }
  }

  /** Starts a pending or failed job, or one whose process died; resolves once it runs. */
  async start(id: string): Promise<Job> {
    const { status } = await this.#records.get(id);
    if (status === 'completed') throw conflict(id, 'it is completed');
    const store = await this.#parts.store();
    const release = await store.claim(SLOT);
    if (!release) throw conflict(id, status === 'processing' ? 'it is running' : 'another job is running');
    try {
      const record = await this.#records.change(id, (before) => {
        if (before.input === null) throw conflict(id, 'its file was not uploaded');
        if (before.status === 'completed') throw conflict(id, 'it is completed');
        const started_at = before.started_at ?? new Date().toISOString();
        return { ...before, status: 'processing', error: null, started_at };
      });
      this.#runner.start(record, release);
      return view(record);
    } catch (error) {
      await release();
      throw error;
    }
  }

  /** Goes on with a job whose process died, if there is one; resolves once it runs. */
  async resume(): Promise<Job | undefined> {
    if (this.#runner.busy) return undefined;
    for (const { job_id: id, status } of (await this.#records.list()).records) {
      if (status !== 'processing') continue;
      // Somebody else may be running it: then all is well.
      return this.start(id).catch((error: ClasserError) => {
        if (error.code === 'JOB_CONFLICT' || error.code === 'JOB_NOT_FOUND') return undefined;
        throw error;
      });
    }
    return undefined;
  }

  /** All jobs, newest first; one whose record is damaged has failed, and says so. */
  async list(): Promise<Job[]> {
    const { records, damaged } = await this.#records.list();
    return [...records.map(view), ...damaged.map(damagedJob)];
  }

  async get(id: string): Promise<Job> {
    return view(await this.#records.get(id));
  }

  /** Resolves when a job is completed or failed, and tells how far it is. */
  async wait(
    id: string,
    { signal, onProgress }: { signal?: AbortSignal; onProgress?: (job: Job) => void } = {},
  ): Promise<Job> {
    for (;;) {
      const job = await this.get(id);
      onProgress?.(job);
      if (job.status === 'completed' || job.status === 'failed') return job;
      if (signal?.aborted) throw abandoned(signal);
      if (this.#runner.disposed) throw disposed();
      const own = this.#runner.end(id);
      await Promise.race([own, new Promise((resolve) => setTimeout(resolve, LOOK))].filter((one) => one !== undefined));
    }
  }

  /** The results of a completed job: NDJSON, a line an input line, in order. */
  async results(id: string): Promise<ReadableStream<Uint8Array<ArrayBuffer>>> {
    const { status, position } = await this.#records.get(id);
    if (status !== 'completed') throw conflict(id, `it is ${status}; results are there once it is completed`);
    const { files } = await this.#parts.store();
    return streamOf(
      (async function* () {
        for (let segment = 0; segment < position.segments; segment++) yield* files.read(segmentOf(id, segment));
      })(),
    );
  }

  /** Removes a job with its files, unless it is running. */
  async remove(id: string): Promise<void> {
    // One that cannot be read is not running, as far as anybody can tell.
    const { status } = (await unlessDamaged(this.#records.get(id))) ?? {};
    const store = await this.#parts.store();
    // A job whose process died is processing by name only.
    const release = status === 'processing' ? await store.claim(SLOT) : async () => undefined;
    if (!release) throw conflict(id, 'it is running');
    try {
      const mark = (before: JobRecord) => {
        if (before.status === 'processing' && status !== 'processing') throw conflict(id, 'it is running');
        return { ...before, ...REMOVED };
      };
      if (status !== undefined) {
        await this.#records.change(id, mark).catch((error: ClasserError) => {
          // What is removed to make room cannot be asked for some.
          if (error.code !== 'STORAGE_FULL') throw error;
        });
      }
      await this.#records.remove(id);
    } finally {
      await release();
    }
  }

  /**
   * Answers NDJSON as it comes and keeps nothing: what jobs do, as a filter. `from` says where in a file the input starts, in
   * bytes, and the number of the line there.
   *
   * The next lines are read when the answers were taken.
   */
  async *pipe(
    request: JobRequest,
    input: JobInput,
    { from, signal = new AbortController().signal }: { from?: LineStart; signal?: AbortSignal } = {},
  ): AsyncGenerator<Answered> {
    const { task } = await this.check(request);
    yield* answerLines(readLines(piecesOf(input), from), this.#runner.ask(task), signal);
  }

  /** @internal Checks a request without asking anything. */
  async check(request: JobRequest): Promise<CheckedJob> {
    const checked = await checkJob(request, this.#parts.find);
    return { ...checked, model: await this.#parts.identity(checked.task.model) };
  }

  /** @internal What opens a job's upload and results without a key. */
  async signature(id: string): Promise<string> {
    return (await this.#records.get(id)).signature;
  }

  /** @internal Stops the running job where it stands; it can be resumed. */
  dispose(): Promise<void> {
    return this.#runner.dispose();
  }
}
