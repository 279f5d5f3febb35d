import { quote } from '../contract/checks.js';
import { failure, invalid } from '../contract/errors.js';

/** Who may ask. */
export interface GuardOptions {
  /** Origins of other sites whose pages may ask; `*` for any. By default none. */
  readonly origins: readonly string[];
  /** Names that this server goes by; a request for another one is refused. Undefined where there is no network. */
  readonly hosts: readonly string[] | undefined;
}

/**
 * Refuses requests that a stranger's page sends.
 *
 * A page may post to this machine without being able to read the answer, so an origin that is not allowed is refused,
 * not only kept from reading; and a name that some page's owner points here (DNS rebinding) is none of ours.
 */
export function admit(request: Request, url: URL, { origins, hosts }: GuardOptions): void {
  // An address of numbers cannot be rebound.
  if (hosts && !NUMBERS.test(url.hostname) && !hosts.includes(url.hostname)) {
    throw failure('FORBIDDEN', `This server does not go by the name ${quote(url.hostname)}.`, { field: 'Host' });
  }
  const origin = request.headers.get('Origin');
  if (origin === null || origin === url.origin || allows(origins, origin)) return;
  const message = `Pages of ${quote(origin)} may not ask here; start the server with --origin ${origin}.`;
  throw failure('FORBIDDEN', message, { field: 'Origin' });
}

const NUMBERS = /^(\d+\.\d+\.\d+\.\d+|\[[0-9a-f:.]+\])$/;

const READABLE = [
  'Retry-After', 'X-Request-ID', 'X-Cache', 'X-Cache-Key', 'X-Cache-Age', 'X-Tokens-Used', 'X-Classer-Source',
  'X-Classer-Model', 'X-Classer-Warning', 'X-RateLimit-Limit-Requests', 'X-RateLimit-Remaining-Requests',
  'X-RateLimit-Limit-Tokens', 'X-RateLimit-Remaining-Tokens', 'X-RateLimit-Reset',
]; // biome-ignore format: a list is easier to read as a block

/** What lets a page of an allowed origin read the answer. */
export function corsHeaders(request: Request, { origins }: GuardOptions): Record<string, string> {
  const origin = request.headers.get('Origin');
  if (origin === null || !allows(origins, origin)) return {};
  return {
    'Access-Control-Allow-Origin': origin,
    'Access-Control-Expose-Headers': READABLE.join(', '),
    Vary: 'Origin',
  };
}

/** The answer to a browser that asks whether it may ask. */
export function preflight(request: Request, allow: string): Response {
  const nearby = request.headers.get('Access-Control-Request-Private-Network') === 'true';
  return new Response(null, {
    status: 204,
    headers: {
      'Access-Control-Allow-Methods': allow,
      'Access-Control-Allow-Headers': 'Authorization, Content-Type',
      'Access-Control-Max-Age': '600',
      ...(nearby && { 'Access-Control-Allow-Private-Network': 'true' }),
    },
  });
}

/**
 * An origin as browsers write it: `https://app.example/` is `https://app.example`; `*` and `null`, which a page without an
 * origin sends, are themselves. Throws VALIDATION_ERROR, under the name that the setting has, for what is none.
 */
export function checkOrigin(text: string, setting: string): string {
  if (text === '*' || text === 'null') return text;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  // Those of browser extensions are not told by `origin`.
  const origin = url && url.host !== '' ? `${url.protocol}//${url.host}` : undefined;
  if (origin !== undefined) return origin;
  throw invalid(setting, `${setting} takes an origin such as https://app.example, not ${quote(text)}.`);
}

const allows = (origins: readonly string[], origin: string): boolean =>
  origins.includes('*') || origins.includes(origin);
