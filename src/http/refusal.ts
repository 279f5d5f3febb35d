import { newCaller } from '../client/caller.js';
import { recordRefusal } from '../client/record.js';
import { ClasserError, failure, STATUS } from '../contract/errors.js';
import { errorToBody } from '../contract/wire.js';

/** An error as the contract writes it. */
export function refuse(error: unknown): Response {
  const body = errorToBody(error);
  return Response.json(body, { status: STATUS[body.code], headers: headersOf(body) });
}

/** The answer to a request that a server could not even make one of, such as one with a bad `Host`. */
export function refuseUnread(classer: object, cause: unknown): Response {
  const caller = newCaller();
  const why = cause instanceof Error ? cause.message : String(cause);
  const unread = () => failure('BAD_REQUEST', `The request cannot be read: ${why}.`, undefined, cause);
  const error = ClasserError.is(cause) ? cause : unread();
  recordRefusal(classer, caller, '', error);
  const response = refuse(error);
  response.headers.set('X-Request-ID', caller.id);
  return response;
}

function headersOf({ code, details }: ReturnType<typeof errorToBody>): Record<string, string> {
  switch (code) {
    case 'METHOD_NOT_ALLOWED':
      return { Allow: String(details?.['allow']) };
    case 'UNAUTHORIZED':
      return { 'WWW-Authenticate': 'Bearer' };
    case 'RATE_LIMITED':
      return { 'Retry-After': String(details?.['retry_after'] ?? 1) };
    case 'WORKER_LOST':
    case 'MODEL_UNAVAILABLE':
      return { 'Retry-After': '1' };
    default:
      return {};
  }
}
