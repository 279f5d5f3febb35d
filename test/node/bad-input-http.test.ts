import { afterAll, beforeAll, expect, test } from 'vitest';
import { BAD_INPUT, GOOD, type Method } from '../support/bad-input.js';
import { classerServe, type Running } from '../support/child.js';
import { expectOutcome } from '../support/expect-bad-input.js';

const PATHS: Record<Method, string> = {
  classify: '/v1/classify',
  tag: '/v1/tag',
  classifyBatch: '/v1/classify/batch',
  tagBatch: '/v1/tag/batch',
};

let server: Running;
beforeAll(async () => {
  // As large as the largest row, so that it is the contract's check that answers.
  server = await classerServe(['--max-body', '60000000']);
});
afterAll(() => server.stop());

const post = (path: string, body: BodyInit): Promise<Response> => fetch(server.url + path, { method: 'POST', body });
const expectNext = async () =>
  expect(await (await post(PATHS.classify, JSON.stringify(GOOD))).json()).toMatchObject({ label: 'billing' });

test.for(BAD_INPUT.filter(({ onlyInJs }) => !onlyInJs))('$name', async ({ method = 'classify', request, want }) => {
  const made = request();
  const response = await post(PATHS[method], JSON.stringify(made));
  const body = await response.json();
  expect(response.headers.get('X-Request-ID')).toMatch(/./);
  if (!response.ok) {
    expect(body).toMatchObject({ error: body.code.toLowerCase().replaceAll('_', '-'), detail: body.message });
  }
  const error = { ...body, status: response.status };
  expectOutcome(response.ok ? { answer: body } : { error }, want, made);
  await expectNext();
});

const BODIES: { name: string; body: BodyInit; code: string }[] = [
  { name: 'no body', body: '', code: 'INVALID_JSON' },
  { name: 'broken JSON', body: '{"text": "a', code: 'INVALID_JSON' },
  { name: 'a trailing comma', body: '{"text": "a",}', code: 'INVALID_JSON' },
  { name: 'invalid UTF-8', body: new Uint8Array([0x22, 0xff, 0xfe, 0x22]), code: 'INVALID_JSON' },
  { name: 'cut UTF-8', body: new Uint8Array([0x22, 0xe2, 0x82]), code: 'INVALID_JSON' },
  { name: 'a string', body: '"text"', code: 'BAD_REQUEST' },
  { name: 'an array', body: '[]', code: 'BAD_REQUEST' },
  { name: 'null', body: 'null', code: 'BAD_REQUEST' },
  { name: 'a number', body: '5', code: 'BAD_REQUEST' },
];

test.for(BODIES)('a body of $name', async ({ body, code }) => {
  for (const path of Object.values(PATHS)) {
    const response = await post(path, body);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code, error: code.toLowerCase().replace('_', '-') });
  }
  await expectNext();
});

test('a deep body', async () => {
  const response = await post(PATHS.classify, `{"text":${'['.repeat(100_000)}${']'.repeat(100_000)}}`);
  expect([400, 422]).toContain(response.status);
  await expectNext();
});

test('unknown fields are ignored, with a warning that names them', async () => {
  const response = await post(PATHS.classify, JSON.stringify({ ...GOOD, lables: [], 'a b': 1, timeout: 0, signal: 5 }));
  expect(response.status).toBe(200);
  expect(await response.json()).toMatchObject({ label: 'billing' });
  const warning = response.headers.get('X-Classer-Warning') ?? '';
  for (const name of ['lables', 'a%20b', 'timeout', 'signal']) expect(warning).toContain(name);
});

test.for(['GET', 'PUT', 'DELETE', 'PATCH'])('%s is no way to ask', async (method) => {
  for (const path of Object.values(PATHS)) {
    const response = await fetch(server.url + path, { method });
    expect(response.status).toBe(405);
    expect(response.headers.get('Allow')).toBe('POST');
    expect(await response.json()).toMatchObject({ code: 'METHOD_NOT_ALLOWED', error: 'method-not-allowed' });
  }
});

test.for(['/', '/v1', '/v1/classify/', '/v1/nope', '/v1/classify/batch/x', '/%00', '/../etc/passwd'])(
  'no route %s',
  async (path) => {
    const response = await post(path, JSON.stringify(GOOD));
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ code: 'NOT_FOUND', error: 'not-found' });
  },
);
