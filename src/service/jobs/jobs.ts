import { kindOf, quote } from '../../contract/checks.js';
import type { SavedClassifier } from '../../contract/classifier.js';
import { abandoned, asClasserError, type ClasserError, failure, invalid } from '../../contract/errors.js';
import { randomHex } from '../../contract/random.js';
import type { Task } from '../../contract/task.js';
import type { Release, Store } from '../../store/store.js';
import type { Recorder } from '../account/recorder.js';
import type { Outcome } from '../answer.js';
import { type Answered, type AskTexts, answerLines } from './answer.js';
import { inputOf, type Job, type JobRecord, type Kept, START, segmentOf, view } from './job.js';
import { readLines } from './lines.js';
import { checkJob, type JobRequest } from './request.js';
import { runJob } from './run.js';
import { writeInput } from './upload.js';

/** A job's input: NDJSON, whole or in pieces. */
export type JobInput = string | Uint8Array | Blob | ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>;

/** What jobs are run with. */
export interface JobParts {
  readonly store: () => Promise<Store>;
  readonly find: (reference: string) => Promise<SavedClassifier>;
  readonly run: (task: Task, signal: AbortSignal) => Promise<Outcome>;
  readonly recorder: Recorder;
}

/** One job runs at a time, whichever tab or process started it. */
const SLOT = 'batch';
/** Milliseconds between two looks at a job that another process runs. */
const LOOK = 250;

/**
 * Jobs over files of NDJSON: one object with `text`, and `id` if wanted, a line.
 *
 * A job goes on where it stood after its process or page died, when `resume` is called or it is started again; no line is lost or
 * answered twice. Rejects with `JOB_NOT_FOUND`, `JOB_CONFLICT`, `VALIDATION_ERROR` or `STORAGE_FULL`.
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
  #running: { id: string; controller: AbortController; done: Promise<void> } | undefined;
  #disposed = false;

  /** @internal */
  constructor(parts: JobParts) {
    this.#parts = parts;
  }

  /** Makes a job; it waits for its input. */
  async create(request: JobRequest): Promise<Job> {
    const { mode, classifier, task } = await checkJob(request, this.#parts.find);
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
      position: START,
    };
    await (await this.#parts.store()).update<Kept>('jobs', record.job_id, () => record as Kept);
    return view(record);
  }

  /** Stores the input of a pending job, in place of an earlier one; without ever holding all of it. */
  async upload(id: string, input: JobInput): Promise<Job> {
    const check = ({ status }: JobRecord) => {
      if (status !== 'pending') throw conflict(id, `it is ${status}; only a pending job takes an upload`);
    };
    check(await this.#record(id));
    const { files } = await this.#parts.store();
    const { bytes, lines } = await writeInput(files, inputOf(id), piecesOf(input));
    const uploaded = { input_bytes: bytes, requests_total: lines, estimated_tokens: Math.ceil(bytes / 4) };
    return view(
      await this.#change(id, (record) => {
        check(record);
        return { ...record, ...uploaded, position: START };
      }),
    );
  }

  /** Starts a pending or failed job, or one whose process died; resolves once it runs. */
  async start(id: string): Promise<Job> {
    const { status } = await this.#record(id);
    if (status === 'completed') throw conflict(id, 'it is completed');
    const { files, claim } = await this.#store();
    const release = await claim(SLOT);
    if (!release) throw conflict(id, status === 'processing' ? 'it is running' : 'another job is running');
    try {
      if ((await files.size(inputOf(id))) === undefined) throw conflict(id, 'its file was not uploaded');
      const record = await this.#change(id, (before) => {
        if (before.status === 'completed') throw conflict(id, 'it is completed');
        const started_at = before.started_at ?? new Date().toISOString();
        return { ...before, status: 'processing', error: null, started_at };
      });
      this.#run(record, release);
      return view(record);
    } catch (error) {
      await release();
      throw error;
    }
  }

  /** Goes on with a job whose process died, if there is one; resolves once it runs. */
  async resume(): Promise<Job | undefined> {
    const store = await this.#parts.store();
    if (this.#running) return undefined;
    for (const id of await store.keys('jobs')) {
      if ((await store.get<Kept>('jobs', id))?.status !== 'processing') continue;
      // Somebody else may be running it: then all is well.
      return this.start(id).catch((error: ClasserError) => {
        if (error.code === 'JOB_CONFLICT' || error.code === 'JOB_NOT_FOUND') return undefined;
        throw error;
      });
    }
    return undefined;
  }

  /** All jobs, newest first. */
  async list(): Promise<Job[]> {
    const store = await this.#parts.store();
    const ids = await store.keys('jobs');
    const records = await Promise.all(ids.map((id) => store.get<Kept>('jobs', id)));
    return records
      .filter((record) => record !== undefined)
      .map(view)
      .sort((a, b) => (a.created_at > b.created_at ? -1 : 1));
  }

  async get(id: string): Promise<Job> {
    return view(await this.#record(id));
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
      if (this.#disposed) throw disposed();
      const own = this.#running?.id === id ? this.#running.done : undefined;
      await Promise.race([own, new Promise((resolve) => setTimeout(resolve, LOOK))].filter((one) => one !== undefined));
    }
  }

  /** The results of a completed job: NDJSON, a line an input line, in order. */
  async results(id: string): Promise<ReadableStream<Uint8Array<ArrayBuffer>>> {
    const { status, position } = await this.#record(id);
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
    const { status } = await this.#record(id);
    const store = await this.#parts.store();
    // A job whose process died is processing by name only.
    const release = status === 'processing' ? await store.claim(SLOT) : async () => undefined;
    if (!release) throw conflict(id, 'it is running');
    try {
      await store.update<Kept>('jobs', id, () => undefined);
      await store.files.remove(id);
    } finally {
      await release();
    }
  }

  /**
   * Answers NDJSON as it comes and keeps nothing: what jobs do, as a filter. `skip` lines at the start were answered before.
   *
   * The next lines are read when the answers were taken.
   */
  async *pipe(
    request: JobRequest,
    input: JobInput,
    { skip = 0, signal = new AbortController().signal }: { skip?: number; signal?: AbortSignal } = {},
  ): AsyncGenerator<Answered> {
    const { task } = await checkJob(request, this.#parts.find);
    let index = 0;
    const rest = async function* () {
      for await (const line of readLines(piecesOf(input))) if (index++ >= skip) yield line;
    };
    yield* answerLines(rest(), skip, this.#ask(task), signal);
  }

  /** @internal What opens a job's upload and results without a key. */
  async signature(id: string): Promise<string> {
    return (await this.#record(id)).signature;
  }

  /** @internal Stops the running job where it stands; it can be resumed. */
  async dispose(): Promise<void> {
    this.#disposed = true;
    this.#running?.controller.abort(disposed());
    await this.#running?.done;
  }

  #run(record: JobRecord, release: Release): void {
    const controller = new AbortController();
    if (this.#disposed) controller.abort(disposed());
    const ask = this.#ask({ ...record.task, budget: Number.POSITIVE_INFINITY });
    const finish = async (status: 'completed' | 'failed', error?: ClasserError) => {
      const completed_at = status === 'completed' ? new Date().toISOString() : null;
      const message = error?.message ?? null;
      this.#log(
        await this.#change(record.job_id, (before) => ({ ...before, status, error: message, completed_at })),
        error,
      );
    };
    const done = this.#parts
      .store()
      .then((store) => runJob(store, record, ask, controller.signal))
      .then(() => finish('completed'))
      .catch(async (error: unknown) => {
        // A job that was stopped with its process is not failed: it goes on later.
        if (!controller.signal.aborted) await finish('failed', asClasserError(error));
      })
      .catch(() => undefined)
      .then(async () => {
        this.#running = undefined;
        await release();
      });
    this.#running = { id: record.job_id, controller, done };
  }

  /** A job counts as one request of as many texts as it has lines. */
  #log({ job_id, position, task }: JobRecord, error: ClasserError | undefined): void {
    this.#parts.recorder.record({
      request_id: job_id,
      created_at: new Date().toISOString(),
      endpoint: '/v1/batch',
      model: task.model ?? null,
      status: error ? (error.status ?? 500) : 200,
      error_code: error?.code ?? null,
      texts: position.lines,
      tokens: position.tokens,
      cache_hits: 0,
      latency_ms: null,
      key_id: null,
    });
  }

  #ask(task: Task): AskTexts {
    return async (texts, signal) => (await this.#parts.run({ ...task, texts }, signal)).answers;
  }

  async #store() {
    const store = await this.#parts.store();
    return { files: store.files, claim: (name: string) => store.claim(name) };
  }

  async #record(id: string): Promise<JobRecord> {
    if (typeof id !== 'string' || !/^batch_[0-9a-f]{16}$/.test(id)) throw unknownJob(String(id));
    const record = await (await this.#parts.store()).get<Kept>('jobs', id);
    if (!record) throw unknownJob(id);
    return record;
  }

  async #change(id: string, change: (before: JobRecord) => JobRecord): Promise<JobRecord> {
    const store = await this.#parts.store();
    const after = await store.update<Kept>('jobs', id, (before) => {
      if (!before) throw unknownJob(id);
      return change(before) as Kept;
    });
    return after as JobRecord;
  }
}

const disposed = () => failure('ABORTED', 'The classifier was disposed of.');

const unknownJob = (id: string) => failure('JOB_NOT_FOUND', `There is no job ${quote(id)}.`, { field: 'job_id' });

const conflict = (id: string, why: string) => failure('JOB_CONFLICT', `This cannot be done to ${id}: ${why}.`);

async function* piecesOf(input: JobInput): AsyncIterable<Uint8Array> {
  if (typeof input === 'string') yield new TextEncoder().encode(input);
  else if (input instanceof Uint8Array) yield input;
  else if (input instanceof Blob) yield* input.stream() as unknown as AsyncIterable<Uint8Array>;
  else if (typeof input === 'object' && input !== null && Symbol.asyncIterator in input) yield* input;
  else throw invalid('input', `input must be NDJSON as a string, bytes, a blob or a stream, not ${kindOf(input)}.`);
}

/** A stream that reads the next piece when the last one was taken. */
function streamOf(pieces: AsyncGenerator<Uint8Array>): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new ReadableStream({
    async pull(controller) {
      const { value, done } = await pieces.next();
      if (done) controller.close();
      else controller.enqueue(value as Uint8Array<ArrayBuffer>);
    },
    cancel: async () => void (await pieces.return(undefined)),
  });
}
