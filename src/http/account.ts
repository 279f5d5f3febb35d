import { numberOf } from '../contract/checks.js';
import { unknownFields } from '../contract/request.js';
import { warningHeader } from './headers.js';
import type { Exchange, Route } from './route.js';

/** Keys, balance, usage and logs. */
export const accountRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/v1/keys',
    answer: async ({ classer }) => Response.json({ keys: await classer.keys.list() }),
  },
  { method: 'POST', path: '/v1/keys', answer: createKey },
  { method: 'DELETE', path: '/v1/keys/{id}', answer: removeKey },
  { method: 'GET', path: '/v1/balance', answer: async ({ classer }) => Response.json(await classer.balance()) },
  {
    method: 'GET',
    path: '/v1/usage',
    answer: async ({ classer, url }) => Response.json(await classer.usage(parameters(url, ['from', 'to']))),
  },
  { method: 'GET', path: '/v1/logs', answer: logs },
];

async function createKey({ classer, json }: Exchange): Promise<Response> {
  const fields = await json();
  const key = await classer.keys.create({ name: fields['name'] as string });
  return Response.json(key, { status: 201, headers: warningHeader(unknownFields(fields, ['name'])) });
}

async function removeKey({ classer, params }: Exchange): Promise<Response> {
  await classer.keys.remove(params['id'] ?? '');
  return new Response(null, { status: 204 });
}

async function logs({ classer, url }: Exchange): Promise<Response> {
  const { limit, ...rest } = parameters(url, ['limit', 'before']);
  return Response.json(await classer.logs({ ...rest, limit: numberOf(limit) }));
}

/** The parameters of these names that an address carries. */
const parameters = (url: URL, names: readonly string[]): Record<string, string> =>
  Object.fromEntries(
    names.flatMap((name) => (url.searchParams.has(name) ? [[name, url.searchParams.get(name) ?? '']] : [])),
  );
