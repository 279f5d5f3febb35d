/** HTTP status of each error code, as the wire contract fixes them. */
export const STATUS = {
  INVALID_JSON: 400,
  BAD_REQUEST: 400,
  UNAUTHORIZED: 401,
  PAYMENT_REQUIRED: 402,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  CLASSIFIER_NOT_FOUND: 404,
  JOB_NOT_FOUND: 404,
  MODEL_NOT_FOUND: 404,
  METHOD_NOT_ALLOWED: 405,
  TIMEOUT: 408,
  JOB_CONFLICT: 409,
  PAYLOAD_TOO_LARGE: 413,
  VALIDATION_ERROR: 422,
  DOCUMENT_ERROR: 422,
  URL_NOT_ALLOWED: 422,
  URL_FAILED: 422,
  RATE_LIMITED: 429,
  ABORTED: 499,
  INTERNAL: 500,
  MODEL_UNAVAILABLE: 503,
  WORKER_LOST: 503,
  STORAGE_FULL: 507,
} as const;

export type ErrorCode = keyof typeof STATUS;

/** What an error adds to its message; `field` names the part of the request at fault. */
export interface ErrorDetails {
  field?: string;
  reason?: string;
  [key: string]: unknown;
}

const BRAND = Symbol.for('classer.error');

/**
 * The one error that every call rejects with.
 *
 * The first three parameters are the hosted SDK's; `code` tells errors apart without reading text.
 *
 * @example
 * ```ts
 * import { classify, ClasserError } from 'classer-local';
 * try {
 *   await classify({ text: 'hello', labels: [] });
 * } catch (error) {
 *   if (error instanceof ClasserError) console.log(error.code, error.details?.field); // VALIDATION_ERROR labels
 * }
 * ```
 */
export class ClasserError extends Error {
  readonly code: ErrorCode;
  status: number | undefined;
  detail: string | undefined;
  readonly details: ErrorDetails | undefined;

  constructor(
    message: string,
    status?: number,
    detail?: string,
    extra: { code?: ErrorCode; details?: ErrorDetails | undefined; cause?: unknown } = {},
  ) {
    super(message, extra.cause === undefined ? undefined : { cause: extra.cause });
    this.name = 'ClasserError';
    this.code = extra.code ?? codeOf(status);
    this.status = status;
    this.detail = detail;
    this.details = extra.details;
    Object.defineProperty(this, BRAND, { value: true });
  }

  /** True for our errors of any realm or copy of the package, where `instanceof` may fail. */
  static is(value: unknown): value is ClasserError {
    return typeof value === 'object' && value !== null && BRAND in value;
  }
}

/** Whether a text is one of the contract's codes. */
export const isErrorCode = (code: unknown): code is ErrorCode =>
  typeof code === 'string' && Object.hasOwn(STATUS, code);

function codeOf(status: number | undefined): ErrorCode {
  const codes = Object.keys(STATUS) as ErrorCode[];
  return codes.find((code) => STATUS[code] === status) ?? 'INTERNAL';
}

/** Makes the error of a code; the message says what happened, why, and what to do. */
export function failure(code: ErrorCode, message: string, details?: ErrorDetails, cause?: unknown): ClasserError {
  return new ClasserError(message, STATUS[code], message, { code, details, cause });
}

/** The error of a bad request, naming the field at fault. */
export function invalid(field: string, message: string): ClasserError {
  return failure('VALIDATION_ERROR', message, { field });
}

/** Any thrown value as one of ours; a stranger's error becomes INTERNAL and stays as `cause`. */
export function asClasserError(value: unknown): ClasserError {
  if (ClasserError.is(value)) return value;
  const text = value instanceof Error ? value.message : String(value);
  return failure('INTERNAL', `Something failed inside the classifier: ${text}`, undefined, value);
}

/** The error of a call whose signal fired; a signal that carries one of our errors speaks for itself. */
export function abandoned({ reason }: AbortSignal): ClasserError {
  if (ClasserError.is(reason)) return reason;
  return failure('ABORTED', 'The call was abandoned by its signal.', undefined, reason);
}
