import { ClasserError, failure } from '../contract/errors.js';

/** Why a model could not be installed. */
export type Reason =
  | 'network'
  | 'stalled'
  | 'cut'
  | 'forbidden'
  | 'web_page'
  | 'lfs_pointer'
  | 'integrity'
  | 'no_tokenizer'
  | 'no_weights'
  | 'no_preprocessor'
  | 'corrupt'
  | 'unsupported'
  | 'too_large'
  | 'storage_blocked';

/** The error of a model that could not be installed; the message says what to do. */
export const installFailure = (reason: Reason, message: string, details: object = {}, cause?: unknown): ClasserError =>
  failure('MODEL_UNAVAILABLE', message, { ...details, reason }, cause);

/** After these what has come is kept: the next try goes on with it. */
const RESUMABLE: readonly unknown[] = ['network', 'stalled', 'cut'] satisfies Reason[];

export function isResumable(error: unknown): boolean {
  if (!ClasserError.is(error)) return false;
  return error.code === 'ABORTED' || error.code === 'STORAGE_FULL' || RESUMABLE.includes(error.details?.reason);
}
