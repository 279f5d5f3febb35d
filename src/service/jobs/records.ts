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

  /** All of them, newest first. */
  async list(): Promise<JobRecord[]> {
    const store = await this.#store();
    const ids = await store.keys('jobs');
    const records = await Promise.all(ids.map((id) => store.get<Kept>('jobs', id)));
    return records.filter((record) => record !== undefined).sort((a, b) => (a.created_at > b.created_at ? -1 : 1));
  }

  /** Removes a record with its files, unless `check` throws for what it finds. */
  async remove(id: string, check: (before: JobRecord) => void): Promise<void> {
    const store = await this.#store();
    let input: string | null = null;
    await store.update<Kept>('jobs', id, (before) => {
      if (!before) throw unknownJob(id);
      check(before);
      input = before.input;
      return undefined;
    });
    if (input !== null) await store.files.remove(input);
    await store.files.remove(id);
  }
}
