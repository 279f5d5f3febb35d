import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import { ClasserClient } from 'classer-local';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CLI, classer, classerServe, type Running, serverAt } from '../support/child.js';

const labels = ['billing', 'praise'];
const text = 'I was charged twice this month';

let server: Running;
beforeAll(async () => {
  server = await classerServe();
});
afterAll(() => server.stop());

async function post(path: string, request: unknown): Promise<{ response: Response; body: Record<string, unknown> }> {
  const body = JSON.stringify({ cache: false, ...(request as object) });
  const response = await fetch(server.url + path, { method: 'POST', body });
  return { response, body: (await response.json()) as Record<string, unknown> };
}

const counted = { tokens: expect.any(Number), latency_ms: expect.any(Number), cached: false };

test('POST /v1/classify', async () => {
  const { response, body } = await post('/v1/classify', { text, labels });
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toContain('application/json');
  expect(body).toEqual({ label: 'billing', confidence: expect.any(Number), ...counted });
});

test('POST /v1/tag', async () => {
  const { body } = await post('/v1/tag', { text, labels, threshold: 0 });
  const tags = labels.map((label) => ({ label, confidence: expect.any(Number) }));
  expect(body).toEqual({ labels: expect.arrayContaining(tags), ...counted });
});

test('POST /v1/classify/batch says cache.hit and cached', async () => {
  const { body } = await post('/v1/classify/batch', { texts: [text, ''], labels });
  expect(body).toEqual({
    results: [
      {
        label: 'billing',
        confidence: expect.any(Number),
        tokens: expect.any(Number),
        cached: false,
        cache: { hit: false },
      },
      { error: expect.any(String), tokens: 0, cached: false, cache: { hit: false } },
    ],
    total_tokens: expect.any(Number),
    latency_ms: expect.any(Number),
  });
});

test('POST /v1/tag/batch', async () => {
  const { body } = await post('/v1/tag/batch', { texts: [text], labels, threshold: 0 });
  expect((body['results'] as object[])[0]).toEqual({
    labels: expect.any(Array),
    tokens: expect.any(Number),
    cached: false,
    cache: { hit: false },
  });
});

test('the wire answers as JavaScript does', async () => {
  const { body } = await post('/v1/classify', { text, labels, scores: true, explain: true });
  const here = await new ClasserClient().classify({ text, labels, scores: true, explain: true });
  expect(body).toEqual({ ...here, latency_ms: expect.any(Number) });
});

test('headers say which answer it was and where it came from', async () => {
  const [one, two] = await Promise.all([
    post('/v1/classify', { text, labels }),
    post('/v1/classify', { text, labels }),
  ]);
  const id = one.response.headers.get('X-Request-ID');
  expect(id).toMatch(/^[\w-]{8,}$/);
  expect(two.response.headers.get('X-Request-ID')).not.toBe(id);
  expect(one.response.headers.get('X-Classer-Source')).toBe('local');
  expect(one.response.headers.get('X-Classer-Model')).toBe('classer-embed');
  expect(one.response.headers.get('X-Classer-Warning')).toBeNull();
});

test('an error is written as the SDK reads it', async () => {
  const { response, body } = await post('/v1/classify', { text, labels: [] });
  expect(response.status).toBe(422);
  expect(body).toEqual({
    error: 'validation-error',
    code: 'VALIDATION_ERROR',
    message: expect.stringContaining('labels'),
    detail: body['message'],
    details: { field: 'labels' },
  });
});

test('a body over 1 MB is refused, announced or not, and the next one is answered', async () => {
  const large = JSON.stringify({ text: 'word '.repeat(200_001), labels });
  const announced = await fetch(`${server.url}/v1/classify`, { method: 'POST', body: large });
  expect(announced.status).toBe(413);
  expect(await announced.json()).toMatchObject({ code: 'PAYLOAD_TOO_LARGE', error: 'payload-too-large' });
  const streamed = await fetch(`${server.url}/v1/classify`, {
    method: 'POST',
    body: new Blob([large]).stream(),
    duplex: 'half',
  } as RequestInit);
  expect(streamed.status).toBe(413);
  const { body } = await post('/v1/classify', { text, labels });
  expect(body['label']).toBe('billing');
});

test('a client that hangs up ends its own call only', async () => {
  const controller = new AbortController();
  const body = JSON.stringify({ texts: Array.from({ length: 900 }, () => 'word '.repeat(200)), labels });
  const call = fetch(`${server.url}/v1/classify/batch`, { method: 'POST', body, signal: controller.signal });
  const { body: other } = await post('/v1/classify', { text, labels });
  controller.abort();
  await expect(call).rejects.toThrow();
  expect(other['label']).toBe('billing');
  const begun = performance.now();
  expect((await post('/v1/classify', { text, labels })).body['label']).toBe('billing');
  expect(performance.now() - begun).toBeLessThan(5000);
});

test('20 requests at once are each answered', async () => {
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, i) => post('/v1/classify', { text, labels: [`refund ${i}`, 'sport'] })),
  );
  for (const [i, { body }] of answers.entries()) expect(labels.length && body['label']).toBe(`refund ${i}`);
});

test('it listens on this machine only', async () => {
  expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
});

test('a port in use is said in one line', async () => {
  const { status, stdout, stderr } = await classer(['serve', '--port', new URL(server.url).port]);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toMatch(/^classer: .*in use.*\n$/);
});

test.for([
  ['--port', '70000'],
  ['--port', 'x'],
  ['--port', '1.5'],
  ['--max-body', '-1'],
  ['--port', ''],
])('%s is refused', async (args) => {
  const { status, stderr } = await classer(['serve', ...args]);
  expect(status).toBe(2);
  expect(stderr).toMatch(/^classer: .*\n$/);
  expect(stderr).toContain(args[0]?.slice(2));
});

test.for(['SIGTERM', 'SIGINT'] as const)('%s lets the request in flight end, then the process', async (signal) => {
  const own = await serverAt([CLI, 'serve', '--port', '0']);
  // A kept-alive connection must not hold it back.
  const idle = connect(Number(new URL(own.url).port), '127.0.0.1');
  const texts = Array.from({ length: 40 }, () => 'word '.repeat(100));
  const call = fetch(`${own.url}/v1/classify/batch`, { method: 'POST', body: JSON.stringify({ texts, labels }) });
  await fetch(`${own.url}/v1/classify`, { method: 'POST', body: JSON.stringify({ text, labels }) });
  const ended = own.stop(signal);
  const { results } = (await (await call).json()) as { results: unknown[] };
  expect(results).toHaveLength(40);
  expect(await ended).toEqual({ status: 0, signal: null });
  idle.destroy();
});

test('whoever asks on and on is answered until its connection ends, and never cut off', async () => {
  const own = await serverAt([CLI, 'serve', '--port', '0']);
  const agent = new Agent({ keepAlive: true, maxSockets: 4 });
  const ask = () =>
    new Promise<string>((resolve) => {
      const call = request(`${own.url}/v1/classify`, { method: 'POST', agent }, (response) => {
        response.resume().on('end', () => resolve('answered'));
      });
      // A new connection that nobody took up before the server ended is refused, or reset by the system.
      call.on('error', (error: NodeJS.ErrnoException) => {
        resolve(call.reusedSocket || !/REFUSED|RESET/.test(String(error.code)) ? String(error.code) : 'too late');
      });
      call.end(JSON.stringify({ text, labels, cache: false }));
    });
  expect(await ask()).toBe('answered');
  const ends = Array.from({ length: 4 }, async () => {
    for (;;) {
      const end = await ask();
      if (end !== 'answered') return end;
    }
  });
  expect(await ask()).toBe('answered');
  expect(await own.stop('SIGTERM')).toEqual({ status: 0, signal: null });
  expect(await Promise.all(ends)).toEqual(Array.from({ length: 4 }, () => 'too late'));
});
