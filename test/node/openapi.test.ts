import { Validator } from '@seriousme/openapi-schema-validator';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PATHS } from '../../src/contract/paths.js';
import { ROUTES } from '../../src/http/routes.js';
import { atTheLimits, type Limited } from '../support/at-the-limits.js';
import { CONTRACT, check, exchange } from '../support/contract.js';
import { testHandler } from '../support/handler.js';
import { type Document, Schemas } from '../support/json-schema.js';

const { classer, handle, send } = testHandler();
let schemas: Schemas;
beforeAll(async () => {
  schemas = new Schemas((await (await send('GET', '/openapi.json')).json()) as Document);
});
afterAll(() => classer.dispose());

/** The document's path of an address, and its method as the document writes it. */
function routeOf(request: Request): [path: string, method: string] | undefined {
  const { pathname } = new URL(request.url);
  const found = ROUTES.find(({ method, path }) => {
    const pattern = new RegExp(`^${path.replace('.', '\\.').replace(/\{\w+\}/g, '[^/]+')}$`);
    return method === request.method && pattern.test(pathname);
  });
  return found && [found.path, found.method.toLowerCase()];
}

test('the document is valid OpenAPI 3.1', async () => {
  expect(schemas.document.openapi).toBe('3.1.0');
  const { valid, errors } = await new Validator().validate(structuredClone(schemas.document) as never);
  expect(errors ?? []).toEqual([]);
  expect(valid).toBe(true);
});

test('it tells of every route that there is, and of no other', () => {
  const told = Object.entries(schemas.document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
  expect(told.sort()).toEqual(ROUTES.map(({ method, path }) => `${method} ${path}`).sort());
  expect(new Set(ROUTES.map(({ path }) => path))).toEqual(new Set(PATHS));
});

describe('each answer of the contract is what the document says', () => {
  const known = {};
  test.for(CONTRACT)('$name', async (row) => {
    const checked = async (request: Request) => {
      const response = await handle(request);
      const route = routeOf(request);
      if (route) await schemas.check(...route, response.clone());
      return response;
    };
    await check(row, known, (sent) => exchange(checked, 'http://localhost', sent));
  });
});

/** What each body has at least, and what may stand in place of parts of it. */
const BODIES: Readonly<Record<string, readonly object[]>> = {
  '/v1/classify': [
    { text: 'x', labels: ['a', 'b'] },
    { text: 'x', classifier: 'limits' },
    { file: 'eA==', labels: ['a'] },
  ],
  '/v1/tag': [
    { text: 'x', labels: ['a', 'b'] },
    { image: 'eA==', classifier: 'limits' },
  ],
  '/v1/classify/batch': [
    { texts: ['x'], labels: ['a', 'b'] },
    { texts: ['x'], classifier: 'limits' },
  ],
  '/v1/tag/batch': [
    { texts: ['x'], labels: ['a', 'b'] },
    { texts: ['x'], classifier: 'limits' },
  ],
  '/v1/batch': [{ labels: ['a', 'b'] }, { labels: ['a', 'b'], mode: 'multi' }, { classifier: 'limits' }],
  '/v1/classifiers': [{ name: 'limits', labels: ['a', 'b'] }],
  '/v1/keys': [{ name: 'limits' }],
};

/** Holds an answer against what the document says of the request; codes about what a request names are not about its form. */
async function expectAllowed(allowed: boolean, response: Response, what: string): Promise<void> {
  const { code } = response.ok ? { code: 'none' } : ((await response.json()) as { code: string });
  if (allowed) expect(code, `allowed: ${what}`).not.toBe('VALIDATION_ERROR');
  else expect([404, 422], `forbidden: ${what} was answered ${response.status} ${code}`).toContain(response.status);
}

describe('at and beyond its limits, what it allows is not refused for its form, and what it forbids is', () => {
  beforeAll(async () => {
    await send('POST', '/v1/classifiers', { name: 'limits', labels: ['a', 'b'] });
  });

  test.for(ROUTES.map(({ method, path }) => ({ method, path })))('$method $path', async ({ method, path }) => {
    for (const [name, schema] of schemas.queryOf(path, method.toLowerCase())) {
      const { type } = schema as Limited;
      const values = [...atTheLimits(schema, 'a')].filter((value) => typeof value === 'string' || type === 'integer');
      for (const value of values.filter((one) => typeof one !== 'object')) {
        const address = `${path.replace('{name}', 'limits')}?${new URLSearchParams({ [name]: String(value) })}`;
        const parsed = type === 'integer' && value !== true ? Number(String(value).trim() || Number.NaN) : value;
        await expectAllowed(schemas.allows(schema, parsed), await send(method, address), address);
      }
    }
    const body = schemas.bodyOf(path, method.toLowerCase());
    if (!body) return;
    const { properties = {} } = schemas.resolve(body) as { properties?: Record<string, Limited> };
    for (const least of [{}, ...(BODIES[path] ?? [])]) {
      const changes = Object.entries(properties).flatMap(([name, schema]) => [
        // Not there at all: JSON leaves it out.
        ...[undefined, ...atTheLimits(schema, 'a')].map((value) => ({ ...least, [name]: value })),
      ]);
      for (const changed of [least, ...changes]) {
        const sent = JSON.stringify(changed);
        const allowed = schemas.allows(body, JSON.parse(sent));
        await expectAllowed(allowed, await send(method, path, sent), `${path} ${sent.slice(0, 200)}`);
      }
    }
  });

  test('but for what no schema can say: a key that is no label', async () => {
    for (const field of ['descriptions', 'examples']) {
      const sent = { text: 'x', labels: ['a'], [field]: { b: null } };
      expect(schemas.allows(schemas.bodyOf('/v1/classify', 'post') ?? {}, sent)).toBe(true);
      const response = await send('POST', '/v1/classify', sent);
      expect(await response.json()).toMatchObject({ code: 'VALIDATION_ERROR', details: { field } });
    }
  });
});

/** A value that a schema asks for, or something else. */
function anyValue(schema: Record<string, unknown>): fc.Arbitrary<unknown> {
  const odd = fc.oneof(
    { depthSize: 'small' },
    fc.jsonValue(),
    fc.string(),
    fc.constantFrom(-1, 1e308, '', null, [], {}),
  );
  return fc.oneof({ weight: 6, arbitrary: goodValue(schema) }, { weight: 1, arbitrary: odd });
}

function goodValue(schema: Record<string, unknown>): fc.Arbitrary<unknown> {
  const { type, enum: allowed, properties, items, additionalProperties } = schema as Record<string, never>;
  if (allowed) return fc.constantFrom(...(allowed as unknown[]));
  if (type === 'boolean') return fc.boolean();
  if (type === 'integer') return fc.integer({ min: 0, max: 300 });
  if (type === 'number') return fc.double({ min: 0, max: 1, noNaN: true });
  if (type === 'array') return fc.array(anyValue(items ?? {}), { minLength: 1, maxLength: 4 });
  if (properties) {
    const fields = Object.entries(properties as Record<string, Record<string, unknown>>);
    return fc.record(Object.fromEntries(fields.map(([name, field]) => [name, anyValue(field)])), { requiredKeys: [] });
  }
  if (type === 'object')
    return fc.dictionary(fc.constantFrom('a', 'b', '__proto__'), anyValue(additionalProperties ?? {}));
  return fc.oneof(fc.constantFrom('a', 'b', 'support', 'support@v1', 'fake'), fc.string());
}

const word = fc.oneof(fc.constantFrom('batch_0123456789abcdef', 'support', 'x'), fc.string({ maxLength: 20 }));

test('whatever is sent, each route answers as the document says, and never fails', { timeout: 60_000 }, async () => {
  const routes = fc.constantFrom(...ROUTES);
  const requests = routes.chain((route) => {
    const method = route.method.toLowerCase();
    const body = schemas.bodyOf(route.path, method);
    const schema = body && schemas.resolve(body);
    const query = Object.fromEntries(schemas.queryOf(route.path, method).map(([name]) => [name, word]));
    return fc.record({
      route: fc.constant(route),
      words: fc.array(word, { minLength: 2, maxLength: 2 }),
      query: fc.record(query, { requiredKeys: [] }),
      body: schema
        ? fc.oneof(
            { weight: 8, arbitrary: anyValue(schema as Record<string, unknown>).map((value) => JSON.stringify(value)) },
            { weight: 1, arbitrary: fc.string() },
          )
        : fc.constant(undefined),
    });
  });
  await fc.assert(
    fc.asyncProperty(requests, async ({ route, words, query, body }) => {
      let i = 0;
      const path = route.path.replace(/\{\w+\}/g, () => encodeURIComponent(words[i++] || 'x').replace(/^\.+$/, 'x'));
      const address = `${path}?${new URLSearchParams(query as Record<string, string>)}`;
      const sent = route.method === 'POST' ? (body ?? '') : undefined;
      const response = await send(route.method, address, sent);
      expect(response.status, address).not.toBe(500);
      expect(response.headers.get('X-Request-ID')).toMatch(/./);
      await schemas.check(route.path, route.method.toLowerCase(), response);
    }),
    { numRuns: 2000 },
  );
  expect((await send('POST', '/v1/classify', { text: 'a', labels: ['a', 'b'] })).status).toBe(200);
});
