import { isFields } from '../../contract/checks.js';
import { randomHex } from '../../contract/random.js';
import type { Task } from '../../contract/task.js';
import { damaged } from '../../store/damaged.js';
import type { Json } from '../../store/store.js';

export type JobStatus = 'pending' | 'processing' | 'completed' | 'failed';

/** A job as its owner sees it. */
export interface Job {
  /** `batch_` and 16 hex digits. */
  job_id: string;
  status: JobStatus;
  mode: 'single' | 'multi';
  classifier: string | null;
  labels: string[];
  /** Lines that are not blank; null before the upload. */
  requests_total: number | null;
  /** Lines that were answered, with a result or an error. */
  requests_completed: number;
  /** Those of them with an error. */
  requests_failed: number;
  /** A quarter of the bytes; null before the upload. */
  estimated_tokens: number | null;
  /** Null until the job is completed. */
  actual_tokens: number | null;
  /** Why the job failed. */
  error: string | null;
  /** ISO 8601. */
  created_at: string;
  started_at: string | null;
  completed_at: string | null;
}

/** A job as it is kept. */
export interface JobRecord extends Omit<Job, 'labels' | 'requests_completed' | 'requests_failed' | 'actual_tokens'> {
  /** Infinity, which JSON has not, is left out as `budget: null`. */
  readonly task: Omit<Task, 'budget'>;
  /** Opens upload and results without a key. */
  readonly signature: string;
  readonly input_bytes: number | null;
  /** The uploaded file: each upload has its own, so that a refused one disturbs nothing. */
  readonly input: string | null;
  readonly position: Position;
}

/** How far a job is: all before it is written, nothing after it is. */
export interface Position {
  /** Where in the input the next line starts, and its number, blank lines counted. */
  readonly offset: number;
  readonly row: number;
  readonly lines: number;
  readonly failed: number;
  readonly tokens: number;
  /** Files of results. */
  readonly segments: number;
  readonly bytes: number;
}

export const START: Position = { offset: 0, row: 0, lines: 0, failed: 0, tokens: 0, segments: 0, bytes: 0 };

/** Whether a value is the record of a job, as far as telling about it goes. */
export const isJob = (value: unknown, id: string): boolean =>
  isFields(value) &&
  value['job_id'] === id &&
  typeof value['created_at'] === 'string' &&
  isFields(value['position']) &&
  isFields(value['task']) &&
  Array.isArray(value['task']['labels']);

/** A record as the store takes it. */
export type Kept = Json & JobRecord;

/** The name of an upload's file and of each file of results: all in one folder, which goes as a whole with its job. */
export const inputOf = (id: string): string => `${id}/input-${randomHex(8)}`;
export const segmentOf = (id: string, segment: number): string => `${id}/results-${String(segment).padStart(6, '0')}`;

/** What of a record is told. */
export function view(record: JobRecord): Job {
  const { task, position, signature: _, input_bytes: __, input: ___, ...rest } = record;
  return {
    ...rest,
    labels: task.labels.map(({ name }) => name),
    requests_completed: position.lines,
    requests_failed: position.failed,
    actual_tokens: rest.status === 'completed' ? position.tokens : null,
  };
}

/** What is told of a job whose record cannot be read: it can be removed, and is in nobody's way. */
export const damagedJob = (id: string): Job => ({
  job_id: id,
  status: 'failed',
  mode: 'single',
  classifier: null,
  labels: [],
  requests_total: null,
  requests_completed: 0,
  requests_failed: 0,
  estimated_tokens: null,
  actual_tokens: null,
  error: damaged('jobs', id).message,
  created_at: new Date(0).toISOString(),
  started_at: null,
  completed_at: null,
});
