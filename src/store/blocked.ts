import { ClasserError, failure } from '../contract/errors.js';

/** The `reason` of errors of storage that nobody may write to. */
export const BLOCKED = 'storage_blocked';

/** The error of a browser or a system that keeps nothing for us. */
export const storageBlocked = (cause: unknown): ClasserError =>
  failure(
    'INTERNAL',
    'Nothing can be kept here: the browser or the system does not allow it.',
    { reason: BLOCKED },
    cause,
  );

/** Whether an error says so. */
export const isBlocked = (error: unknown): boolean => ClasserError.is(error) && error.details?.reason === BLOCKED;
