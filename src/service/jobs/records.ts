import { readAll } from '../../store/damaged.js';
import type { Store } from '../../store/store.js';
import { unknownJob } from './errors.js';
import type { JobRecord, Kept } from './job.js';

/** The records of jobs. */
export class JobRecords {
  readonly #store: () => Promise<Store>;

  constructor(store: () => Promise<Store>) {
    this.#store = store;
  }

  async add(record: JobRecord): Promise<void> {
    await (await this.#store()).update<Kept>('jobs', record.job_id, () => record as Kept);
  }

  /** Rejects with JOB_NOT_FOUND, as the others do. */
  async get(id: string): Promise<JobRecord> {
    if (typeof id !== 'string' || !/^batch_[0-9a-f]{16}$/.test(id)) throw unknownJob(String(id));
    const record = await (await this.#store()).get<Kept>('jobs', id);
    if (!record) throw unknownJob(id);
    return record;
  }

  async change(id: string, change: (before: JobRecord) => JobRecord): Promise<JobRecord> {
    const after = await (await this.#store()).update<Kept>('jobs', id, (before) => {
      if (!before) throw unknownJob(id);
      return change(before) as Kept;
    });
    return after as JobRecord;
  }

  /** All of them, newest first, and the ids of those that cannot be read. */
  async list(): Promise<{ records: JobRecord[]; damaged: readonly string[] }> {
    const { records, damaged } = await readAll<JobRecord>(await this.#store(), 'jobs');
    return { records: records.sort((a, b) => (a.created_at > b.created_at ? -1 : 1)), damaged };
  }

  /** Removes a job, even one that cannot be read: its files first, as nothing else names them. */
  async remove(id: string): Promise<void> {
    const store = await this.#store();
    await store.files.remove(id);
    await store.remove('jobs', id);
  }
}
