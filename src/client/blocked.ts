import { failure } from '../contract/errors.js';
import { BLOCKED, isBlocked } from '../store/blocked.js';

/** The error of a change where no model can be kept. */
export const blocked = (cause?: unknown) =>
  failure(
    'MODEL_UNAVAILABLE',
    'Nothing can be kept here (a private window, a page without HTTPS, a folder that is not to be written to, blocked storage, or store: "memory"), so no model can be installed; the embedded one answers.',
    { reason: BLOCKED },
    cause,
  );

/** What changes the models that are kept; where nothing can be, whoever noticed it first, that is the error. */
export async function changing<Result>(change: () => Promise<Result>): Promise<Result> {
  try {
    return await change();
  } catch (error) {
    throw isBlocked(error) ? blocked(error) : error;
  }
}
