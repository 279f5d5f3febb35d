import { asClasserError, ClasserError, type ErrorCode, type ErrorDetails, STATUS } from './errors.js';

/** An error as JSON: the body of an HTTP answer, and what crosses from the worker. */
export interface ErrorBody {
  /** The lowercase, hyphenated form of `code`. */
  error: string;
  code: ErrorCode;
  message: string;
  details?: ErrorDetails;
  /** Repeats `message`: the hosted SDK reads this field. */
  detail: string;
}

/** The wire form of any thrown value. */
export function errorToBody(value: unknown): ErrorBody {
  const error = asClasserError(value);
  return {
    error: error.code.toLowerCase().replaceAll('_', '-'),
    code: error.code,
    message: error.message,
    ...(error.details && { details: error.details }),
    detail: error.detail ?? error.message,
  };
}

/** The error that a body describes, class and code restored. */
export function errorFromBody(body: ErrorBody, cause?: unknown): ClasserError {
  const { code, message, detail, details } = body;
  return new ClasserError(message, STATUS[code], detail, { code, details, cause });
}
