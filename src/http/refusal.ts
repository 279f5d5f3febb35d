import { STATUS } from '../contract/errors.js';
import { errorToBody } from '../contract/wire.js';

/** An error as the contract writes it. */
export function refuse(error: unknown): Response {
  const body = errorToBody(error);
  return Response.json(body, { status: STATUS[body.code], headers: headersOf(body) });
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
