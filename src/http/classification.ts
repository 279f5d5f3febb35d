import { withCaller } from '../client/caller.js';
import { ENDPOINTS } from '../contract/endpoints.js';
import { CALLS, knownFields, unknownFields } from '../contract/request.js';
import type { Method } from '../service/response.js';
import { answerHeaders, warningHeader } from './headers.js';
import { pick } from './json.js';
import type { Exchange, Route } from './route.js';

/** Classification in real time: sections 1 and 2 of the contract. */
export const classificationRoutes: readonly Route[] = (Object.keys(ENDPOINTS) as Method[]).map((method) => ({
  method: 'POST',
  path: ENDPOINTS[method],
  answer: (exchange) => answer(method, exchange),
}));

async function answer(method: Method, { request, classer, caller, json }: Exchange): Promise<Response> {
  const fields = await json();
  const names = knownFields(CALLS[method]);
  const known = withCaller({ ...pick(fields, names), signal: request.signal }, caller);
  const result = await classer[method](known as never);
  const headers = { ...answerHeaders(result), ...warningHeader(unknownFields(fields, names)) };
  return Response.json(CALLS[method].batch ? withCacheHits(result) : result, { headers });
}

/** On the wire a batch result says `cache.hit`, which the hosted SDK turns into `cached`. */
function withCacheHits(result: object): object {
  const { results } = result as { results: { cached: boolean }[] };
  return { ...result, results: results.map((one) => ({ ...one, cache: { hit: one.cached } })) };
}
