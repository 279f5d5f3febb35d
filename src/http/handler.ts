import { Hono } from 'hono';
import { type Caller, newCaller } from '../client/caller.js';
import type { Classer } from '../client/classer.js';
import { recordRefusal } from '../client/record.js';
import { isMetered } from '../contract/endpoints.js';
import { failure } from '../contract/errors.js';
import { readBody } from './body.js';
import { admit, corsHeaders, preflight } from './guard.js';
import { parseObject } from './json.js';
import { Limiter } from './limiter.js';
import { fillIn, type HandlerOptions } from './options.js';
import { refuse } from './refusal.js';
import type { Route } from './route.js';
import { ROUTES } from './routes.js';

/** A Web-standard handler. */
export type Handler = (request: Request) => Promise<Response>;

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
export function createHandler(classer: Classer, options: HandlerOptions = {}): Handler {
  const settings = fillIn(options);
  const limiter = new Limiter(settings.rateLimit);
  const app = new Hono<{ Bindings: Caller }>();
  /** Whatever ends in an error is in usage and logs, wherever it was refused. */
  const refused = (error: unknown, caller: Caller, path: string) => {
    recordRefusal(classer, caller, path, error);
    return refuse(error);
  };

  const answer = async (route: Route, request: Request, caller: Caller, params: Record<string, string>) => {
    if (settings.requireKey && !route.open) caller.key = await keyOf(request, classer);
    const json = async () => parseObject(await readBody(request, settings.body));
    const url = new URL(request.url);
    const exchange = { request, url, params, classer, caller, json };
    if (!isMetered(route.method, route.path)) return route.answer(exchange);
    const who = caller.key ?? 'everybody';
    try {
      limiter.admit(who);
      const response = await route.answer(exchange);
      limiter.spend(who, Number(response.headers.get('X-Tokens-Used')));
      return withHeaders(response, limiter.headers(who));
    } catch (error) {
      return withHeaders(refused(error, caller, url.pathname), limiter.headers(who));
    }
  };

  for (const [path, routes] of byPath(ROUTES)) {
    const pattern = path.replace(/\{(\w+)\}/g, ':$1');
    const allow = routes.map(({ method }) => method).join(', ');
    for (const route of routes) {
      app.on(route.method, pattern, ({ req, env }) => answer(route, req.raw, env, req.param()));
    }
    app.options(pattern, ({ req }) => preflight(req.raw, allow));
    app.all(pattern, () => {
      throw failure('METHOD_NOT_ALLOWED', `${path} takes ${allow}.`, { allow });
    });
  }
  app.notFound(({ req, env }) => {
    const error = failure('NOT_FOUND', `There is no route ${req.path}; GET /openapi.json lists them.`);
    return refused(error, env, req.path);
  });
  app.onError((error, { req, env }) => refused(error, env, req.path));

  return async (request) => {
    const caller = newCaller();
    const url = new URL(request.url);
    const headers = { ...corsHeaders(request, settings.guard), 'X-Request-ID': caller.id };
    try {
      admit(request, url, settings.guard);
      return withHeaders(await app.fetch(request, caller), headers);
    } catch (error) {
      return withHeaders(refused(error, caller, url.pathname), headers);
    }
  };
}

async function keyOf(request: Request, classer: Classer): Promise<string> {
  const [, key] = /^Bearer +(\S+)$/i.exec(request.headers.get('Authorization') ?? '') ?? [];
  if (key === undefined) throw failure('UNAUTHORIZED', 'A key is required: send Authorization: Bearer KEY.');
  const id = await classer.keys.verify(key);
  if (id === undefined) throw failure('UNAUTHORIZED', 'This key is wrong or was revoked.');
  return id;
}

function byPath(routes: readonly Route[]): Map<string, Route[]> {
  const paths = new Map<string, Route[]>();
  for (const route of routes) paths.set(route.path, [...(paths.get(route.path) ?? []), route]);
  return paths;
}

function withHeaders(response: Response, headers: Readonly<Record<string, string>>): Response {
  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
  return response;
}
