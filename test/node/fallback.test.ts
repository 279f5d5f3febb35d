import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type FallbackEvent, sourceOf } from 'classer-local';
import { installFetch } from 'classer-local/http';
import { ClasserClient, createClasser } from 'classer-local/test';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

const request = { text: 'a billing question', labels: ['billing', 'praise'] };
const HOSTED = { label: 'theirs', confidence: 0.9, tokens: 3, latency_ms: 5, cached: false };

type Reply = (request: IncomingMessage, response: ServerResponse) => void;
const json =
  (status: number, body: unknown, headers = {}): Reply =>
  (_, response) =>
    response.writeHead(status, { 'Content-Type': 'application/json', ...headers }).end(JSON.stringify(body));

/** What the hosted API does next; what it was asked. */
let reply: Reply;
let asked: { path: string; authorization: string | undefined; body: unknown }[];
let server: Server;
const real = globalThis.fetch;

beforeEach(async () => {
  reply = json(200, HOSTED);
  asked = [];
  server = createServer(async (message, response) => {
    let body = '';
    for await (const piece of message) body += piece;
    asked.push({ path: message.url ?? '', authorization: message.headers.authorization, body: JSON.parse(body) });
    reply(message, response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  // The name leads to this server; all else is the real thing.
  globalThis.fetch = (input, init) =>
    real(String(input).replace('https://api.classer.ai', `http://127.0.0.1:${port}`), init);
});
afterEach(async () => {
  globalThis.fetch = real;
  vi.useRealTimers();
  vi.unstubAllGlobals();
  server.closeAllConnections();
  server.close();
});

function client(config: ConstructorParameters<typeof ClasserClient>[0] = {}) {
  const events: FallbackEvent[] = [];
  const made = new ClasserClient({
    apiKey: 'secret',
    fallback: 'local',
    cache: false,
    onFallback: (event) => events.push(event),
    ...config,
  });
  return { made, events };
}

test('without being told to, nothing is sent anywhere', async () => {
  await new ClasserClient({ apiKey: 'secret' }).classify(request);
  expect(asked).toEqual([]);
});

describe('fallback: local', () => {
  test('asks the hosted API as its SDK does, and says that it answered', async () => {
    const { made, events } = client();
    const answer = await made.classify({ ...request, signal: new AbortController().signal, timeout: 5 });
    expect(answer).toEqual(HOSTED);
    expect(sourceOf(answer)).toEqual({ source: 'hosted', model: 'hosted' });
    expect(asked).toEqual([{ path: '/v1/classify', authorization: 'Bearer secret', body: request }]);
    expect(events).toEqual([]);
  });

  test('bytes are sent as base64, as JSON has none', async () => {
    const { made } = client();
    for (const file of [new Blob(['hi']), new TextEncoder().encode('hi'), 'aGk=']) {
      await made.classify({ file, labels: ['a', 'b'] });
    }
    expect(asked.map(({ body }) => body)).toEqual(Array(3).fill({ file: 'aGk=', labels: ['a', 'b'] }));
  });

  test('a batch’s cache.hit becomes cached', async () => {
    reply = json(200, { results: [{ label: 'a', confidence: 1, tokens: 1, cache: { hit: true } }], total_tokens: 1 });
    const { made } = client();
    const { results } = await made.classifyBatch({ texts: ['x'], labels: ['a', 'b'] });
    expect(results).toEqual([{ label: 'a', confidence: 1, tokens: 1, cached: true }]);
  });

  test.for([
    ['402', json(402, { detail: 'no credit' }), 'payment'],
    ['429', json(429, { detail: 'slow down' }, { 'Retry-After': '60' }), 'rate-limit'],
    ['500', json(500, {}), 'server'],
    ['503 without JSON', (_: unknown, response: ServerResponse) => response.writeHead(503).end('<html>'), 'server'],
    ['a page for an answer', (_: unknown, response: ServerResponse) => response.end('<html>Log in'), 'network'],
    ['an answer of something else', json(200, { ok: true }), 'network'],
    ['a cut connection', (message: IncomingMessage) => message.socket.destroy(), 'network'],
    ['silence', () => undefined, 'timeout'],
  ] as const)('on %s it answers locally', async ([, how, reason]) => {
    reply = how as Reply;
    const { made, events } = client({ timeout: 1 });
    const answer = await made.classify(request);
    expect(answer.label).toBe('billing');
    expect(sourceOf(answer)).toEqual({ source: 'local', model: 'fake' });
    expect(events).toEqual([
      { from: 'hosted', to: 'local', reason, error: expect.objectContaining({ name: 'ClasserError' }) },
    ]);
  });

  test('offline it does not even try', async () => {
    vi.stubGlobal('navigator', { onLine: false });
    const { made, events } = client();
    expect((await made.tag({ ...request, threshold: 0 })).labels).toHaveLength(2);
    expect(asked).toEqual([]);
    expect(events[0]?.reason).toBe('offline');
  });

  test.for([
    [401, 'UNAUTHORIZED'],
    [422, 'VALIDATION_ERROR'],
    [404, 'NOT_FOUND'],
  ] as const)('a %i is the answer', async ([status, code]) => {
    reply = json(status, { detail: 'no' });
    const { made, events } = client();
    await expect(made.classify(request)).rejects.toMatchObject({ status, code, detail: 'no' });
    expect(events).toEqual([]);
  });

  test('an abort is the caller’s, whichever side it meets', async () => {
    reply = () => undefined;
    const { made, events } = client();
    const controller = new AbortController();
    const call = made.classify({ ...request, signal: controller.signal });
    const refused = expect(call).rejects.toMatchObject({ code: 'ABORTED' });
    await vi.waitUntil(() => asked.length > 0);
    controller.abort();
    await refused;
    expect(events).toEqual([]);
    await expect(made.classify({ ...request, signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'ABORTED' });
  });

  test('a bad request goes nowhere', async () => {
    const { made } = client();
    await expect(made.classify({ ...request, lables: 1 } as never)).rejects.toMatchObject({ code: 'VALIDATION_ERROR' });
    await expect(made.classify(null as never)).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    for (const wrong of [
      { text: 'secret' },
      { ...request, labels: [] },
      { ...request, text: '' },
      { ...request, text: 5 },
      { ...request, classifier: 'x' },
      { classifier: 'x' },
      { text: 'secret', classifier: 5 },
      { text: 'secret', classifier: 'x', descriptions: { a: 5 } },
    ]) {
      await expect(made.classify(wrong as never)).rejects.toMatchObject({ code: 'VALIDATION_ERROR' });
    }
    expect(asked).toEqual([]);
  });

  test('a classifier is the host’s to know, and what is said of its labels too', async () => {
    const sent = { text: 'secret', classifier: 'Theirs', descriptions: { a: 'about a' }, examples: { b: ['as b'] } };
    expect((await client().made.classify(sent)).label).toBe('theirs');
    expect(asked.map(({ body }) => body)).toEqual([sent]);
  });

  test.for([
    ['classify', { results: [] }],
    ['classify', { label: 'x' }],
    ['classify', { labels: [{ label: 'x', confidence: 1 }] }],
    ['tag', HOSTED],
    ['tag', { labels: ['x'] }],
    ['classifyBatch', { label: 'x', confidence: 1 }],
    ['classifyBatch', { results: [] }],
    ['classifyBatch', { results: [{ labels: [] }, { error: 'no' }] }],
    ['tagBatch', { results: [HOSTED, HOSTED] }],
  ] as const)('for %s %j is no answer', async ([method, body]) => {
    reply = json(200, body);
    const { made, events } = client();
    const asks = method.endsWith('Batch') ? { texts: ['praise', 'x'] } : { text: 'praise' };
    const answer = await made[method]({ ...asks, labels: request.labels } as never);
    expect(sourceOf(answer)?.source).toBe('local');
    expect(events).toMatchObject([{ reason: 'network' }]);
  });

  test('results that have an error are an answer', async () => {
    reply = json(200, { results: [{ labels: [] }, { error: 'no', tokens: 0 }], total_tokens: 3 });
    const answer = await client().made.tagBatch({ texts: ['praise', 'x'], labels: ['praise'] });
    expect(sourceOf(answer)?.source).toBe('hosted');
  });

  test('a dead host is left alone, then tried by one call, and used again once it lives', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    reply = json(500, {});
    const { made, events } = client();
    const ask = () => made.classify(request);
    for (let i = 0; i < 5; i++) await ask();
    expect(asked).toHaveLength(1);
    expect(events.map(({ error }) => error !== undefined)).toEqual([true, false, false, false, false]);
    vi.setSystemTime(Date.now() + 6000);
    await Promise.all(Array.from({ length: 5 }, ask));
    expect(asked).toHaveLength(2);
    // It was left alone for longer this time.
    vi.setSystemTime(Date.now() + 6000);
    await ask();
    expect(asked).toHaveLength(2);
    vi.setSystemTime(Date.now() + 6000);
    reply = json(200, HOSTED);
    expect((await ask()).label).toBe('theirs');
    expect((await Promise.all([ask(), ask()])).map(({ label }) => label)).toEqual(['theirs', 'theirs']);
    expect(asked).toHaveLength(5);
  });

  test('calls that were under way when it failed do not count again', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    reply = json(503, {});
    const { made } = client();
    await Promise.all(Array.from({ length: 10 }, () => made.classify(request)));
    expect(asked).toHaveLength(10);
    vi.setSystemTime(Date.now() + 6000);
    reply = json(200, HOSTED);
    expect((await made.classify(request)).label).toBe('theirs');
  });

  test('a call with less time than usual says nothing about the host', async () => {
    reply = () => undefined;
    const { made, events } = client();
    expect((await made.classify({ ...request, timeout: 0.05 })).label).toBe('billing');
    expect(events[0]?.reason).toBe('timeout');
    reply = json(200, HOSTED);
    expect((await made.classify(request)).label).toBe('theirs');
  });

  test('an error keeps the code that it came with', async () => {
    reply = json(404, { code: 'CLASSIFIER_NOT_FOUND', detail: 'no such' });
    await expect(client().made.classify(request)).rejects.toMatchObject({ code: 'CLASSIFIER_NOT_FOUND', status: 404 });
    reply = json(400, { detail: 'what?' });
    await expect(client().made.classify(request)).rejects.toMatchObject({ code: 'BAD_REQUEST', status: 400 });
  });

  test('a Retry-After is kept', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    reply = json(429, {}, { 'Retry-After': '100' });
    const { made } = client();
    await made.classify(request);
    vi.setSystemTime(Date.now() + 99_000);
    await made.classify(request);
    expect(asked).toHaveLength(1);
    vi.setSystemTime(Date.now() + 2000);
    await made.classify(request);
    expect(asked).toHaveLength(2);
  });

  test('a program whose requests are answered here anyway is told so', async () => {
    const classer = createClasser();
    const uninstall = installFetch(classer);
    const answer = await client().made.classify(request);
    expect(sourceOf(answer)).toEqual({ source: 'local', model: 'fake' });
    uninstall();
    await classer.dispose();
  });
});

describe('fallback: hosted', () => {
  test('answers locally and sends nothing', async () => {
    const { made, events } = client({ fallback: 'hosted' });
    expect((await made.classify(request)).label).toBe('billing');
    await expect(made.classify({ ...request, labels: [] })).rejects.toMatchObject({ code: 'VALIDATION_ERROR' });
    expect(asked).toEqual([]);
    expect(events).toEqual([]);
  });

  test('asks the hosted API when the local side cannot answer in time', async () => {
    const { made, events } = client({ fallback: 'hosted' });
    // Long enough for its time to be up while it is read.
    const texts = Array.from({ length: 1000 }, () => 'word '.repeat(2000));
    const answer = await made.classifyBatch({ texts, labels: ['a'], timeout: 0 }).catch((error) => error);
    expect(events).toMatchObject([{ from: 'local', to: 'hosted', reason: 'timeout' }]);
    expect(answer).toMatchObject({ code: 'TIMEOUT' });
  });

  test('and when its model cannot be loaded', async () => {
    const { ClasserClient: Real } = await import('classer-local');
    const events: FallbackEvent[] = [];
    const made = new Real({
      fallback: 'hosted',
      assets: '/nowhere',
      cache: false,
      onFallback: (event) => events.push(event),
    });
    const answer = await made.classify(request);
    expect(sourceOf(answer)?.source).toBe('hosted');
    expect(events).toMatchObject([{ from: 'local', to: 'hosted', reason: 'unavailable' }]);
    expect(asked).toHaveLength(1);
  });
});

test.for([{ fallback: 'both' }, { fallback: 5 }, { onFallback: 'x' }])('%o is refused', (config) => {
  expect(() => new ClasserClient(config as never)).toThrow(
    expect.objectContaining({ code: 'VALIDATION_ERROR', details: { field: Object.keys(config)[0] } }),
  );
});
