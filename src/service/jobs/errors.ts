import { quote } from '../../contract/checks.js';
import { failure } from '../../contract/errors.js';

/** The error of what was running when the classifier was disposed of. */
export const disposed = () => failure('ABORTED', 'The classifier was disposed of.');

/** The error of an id that is no job's. */
export const unknownJob = (id: string) =>
  failure('JOB_NOT_FOUND', `There is no job ${quote(id)}.`, { field: 'job_id' });

/** The error of what a job's state does not allow. */
export const conflict = (id: string, why: string) => failure('JOB_CONFLICT', `This cannot be done to ${id}: ${why}.`);
