import { Hono } from 'hono';
import type { Classer } from '../client/classer.js';
import { type Receipt, receiptOf } from '../client/receipt.js';
import { sourceOf } from '../client/source.js';
import { isFields, kindOf } from '../contract/checks.js';
import { failure, STATUS } from '../contract/errors.js';
import { LIMITS } from '../contract/limits.js';
import { CALLS, knownFields, unknownFields } from '../contract/request.js';
import { errorToBody } from '../contract/wire.js';
import type { Method } from '../service/response.js';
import { readBody } from './body.js';

/** The real-time routes and the method behind each. */
const ROUTES = {
  '/v1/classify': 'classify',
  '/v1/tag': 'tag',
  '/v1/classify/batch': 'classifyBatch',
  '/v1/tag/batch': 'tagBatch',
} as const satisfies Record<string, Method>;

export interface HandlerOptions {
  /** Bytes that a request's body may have; default 1,000,000. */
  maxBody?: number | undefined;
}

/**
 * The contract's routes over a classifier, as a Web-standard handler.
 *
 * @example
 * ```ts
 * import { createClasser } from 'classer-local';
 * import { createHandler } from 'classer-local/http';
 * const handle = createHandler(createClasser());
 * const body = JSON.stringify({ text: 'Where is my parcel?', labels: ['shipping', 'billing'] });
 * const response = await handle(new Request('http://localhost/v1/classify', { method: 'POST', body }));
 * console.log((await response.json()).label); // shipping
 * ```
 */
export function createHandler(
  classer: Classer,
  { maxBody = LIMITS.bodyBytes }: HandlerOptions = {},
): (request: Request) => Promise<Response> {
  const app = new Hono();
  for (const [path, method] of Object.entries(ROUTES)) {
    app.post(path, async ({ req }) => answer(classer, method, req.raw, maxBody));
    app.all(path, () => {
      throw failure('METHOD_NOT_ALLOWED', `${path} takes POST.`, { allow: 'POST' });
    });
  }
  app.notFound(({ req }) =>
    refuse(failure('NOT_FOUND', `There is no route ${req.path}; there are ${Object.keys(ROUTES).join(', ')}.`)),
  );
  app.onError((error) => refuse(error));
  return async (request) => app.fetch(request);
}

async function answer(classer: Classer, method: Method, request: Request, maxBody: number): Promise<Response> {
  const body = await readBody(request, maxBody);
  const fields = parse(body);
  const names = knownFields(CALLS[method]);
  const unknown = unknownFields(fields, names);
  const known = Object.fromEntries(
    names.filter((name) => Object.hasOwn(fields, name)).map((name) => [name, fields[name]]),
  );
  const result = await classer[method]({ ...known, signal: request.signal } as never);
  const response = Response.json(CALLS[method].batch ? withCacheHits(result) : result);
  const { headers } = response;
  const source = sourceOf(result);
  headers.set('X-Request-ID', crypto.randomUUID());
  if (source) {
    headers.set('X-Classer-Source', source.source);
    headers.set('X-Classer-Model', source.model);
  }
  for (const [name, value] of cacheHeaders(receiptOf(result))) headers.set(name, value);
  for (const [name, value] of rateLimits()) headers.set(name, value);
  if (unknown.length > 0) headers.set('X-Classer-Warning', warning(unknown));
  return response;
}

/** Names the first few fields that were not read; a header must stay short and plain. */
function warning(unknown: readonly string[]): string {
  const plain = unknown
    .slice(0, 5)
    .map((name) => encodeURIComponent(name.slice(0, 40).replace(/\p{Surrogate}/gu, '\uFFFD')));
  return `ignored: ${plain.join(', ')}${unknown.length > 5 ? ` and ${unknown.length - 5} more` : ''}`;
}

/** What the cache did for an answer. */
function cacheHeaders({ key, age, read = 0 }: Partial<Receipt> = {}): [string, string][] {
  return [
    ['X-Cache', age === undefined ? 'MISS' : 'HIT'],
    ...(key === undefined ? [] : ([['X-Cache-Key', key.slice(0, 16)]] as [string, string][])),
    ...(age === undefined ? [] : ([['X-Cache-Age', String(Math.floor(age))]] as [string, string][])),
    ['X-Tokens-Used', String(read)],
  ];
}

/** Rate limits are off: there is always plenty left until the end of the minute. */
function rateLimits(): [string, string][] {
  const plenty = String(2 ** 31 - 1);
  const kinds = ['Limit-Requests', 'Remaining-Requests', 'Limit-Tokens', 'Remaining-Tokens'];
  const reset = String(Math.ceil((Date.now() + 1) / 60_000) * 60);
  return [...kinds.map((kind): [string, string] => [`X-RateLimit-${kind}`, plenty]), ['X-RateLimit-Reset', reset]];
}

/** On the wire a batch result says `cache.hit`, which the hosted SDK turns into `cached`. */
function withCacheHits(result: object): object {
  const { results } = result as { results: { cached: boolean }[] };
  return { ...result, results: results.map((one) => ({ ...one, cache: { hit: one.cached } })) };
}

function parse(body: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch (cause) {
    throw failure('INVALID_JSON', `The body is not valid JSON: ${(cause as Error).message}`, undefined, cause);
  }
  if (isFields(value)) return value;
  throw failure('BAD_REQUEST', `The body must be a JSON object, not ${kindOf(value)}.`);
}

function refuse(error: unknown): Response {
  const body = errorToBody(error);
  const status = STATUS[body.code];
  const response = Response.json(body, { status });
  const { headers } = response;
  headers.set('X-Request-ID', crypto.randomUUID());
  if (body.code === 'METHOD_NOT_ALLOWED') headers.set('Allow', String(body.details?.['allow']));
  if (body.code === 'WORKER_LOST') headers.set('Retry-After', '1');
  return response;
}
