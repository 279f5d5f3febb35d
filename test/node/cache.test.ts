import { createHandler } from 'classer-local/http';
import { createClasser, sourceOf } from 'classer-local/test';
import { afterEach, expect, test } from 'vitest';
import { ownHome } from '../support/child.js';

const labels = ['billing', 'praise'];
const request = { text: 'a billing question', labels };
const open: { dispose(): Promise<void> }[] = [];
const made = (...options: Parameters<typeof createClasser>) => {
  const classer = createClasser(...options);
  open.push(classer);
  return classer;
};
afterEach(async () => {
  await Promise.all(open.splice(0).map((classer) => classer.dispose()));
});

test('the second answer is the first one, marked as cached', async () => {
  const classer = made();
  const first = await classer.classify(request);
  const second = await classer.classify({ ...request, labels: ['praise', 'billing'] });
  expect(first.cached).toBe(false);
  expect(second).toEqual({ ...first, cached: true, latency_ms: expect.any(Number) });
  expect(sourceOf(second)).toEqual(sourceOf(first));
  expect((await classer.classify({ ...request, cache: false })).cached).toBe(false);
  expect((await classer.tag({ ...request, threshold: 0 })).cached).toBe(false);
});

test('of a batch only what is not known is asked for', async () => {
  const classer = made();
  await classer.classify(request);
  const { results, total_tokens } = await classer.classifyBatch({ texts: ['', request.text, 'praise you'], labels });
  expect(results.map(({ cached, error, label }) => [cached, error !== undefined, label])).toEqual([
    [false, true, undefined],
    [true, false, 'billing'],
    [false, false, 'praise'],
  ]);
  expect(total_tokens).toBe(results.reduce((sum, { tokens }) => sum + tokens, 0));
});

test('an error is not remembered', async () => {
  const classer = made();
  const first = await classer.classifyBatch({ texts: [''], labels });
  expect((await classer.classifyBatch({ texts: [''], labels })).results).toEqual(first.results);
  expect(first.results[0]).toMatchObject({ cached: false, error: expect.any(String) });
});

test('answers outlive the process that gave them, and the option turns all of it off', async () => {
  const store = ownHome();
  const one = createClasser({ store });
  await one.classify(request);
  await one.dispose();
  expect((await made({ store }).classify(request)).cached).toBe(true);
  expect((await made({ store, cache: false }).classify(request)).cached).toBe(false);
  expect((await made({ store, cache: { seconds: 0 } }).classify(request)).cached).toBe(false);
  const again = made({ store });
  expect((await again.cache.size()).entries).toBe(1);
  await again.cache.clear();
  expect(await again.cache.size()).toEqual({ entries: 0, bytes: 0 });
  expect((await again.classify(request)).cached).toBe(false);
});

test('a hit is refused once the signal fired or the classifier is disposed of', async () => {
  const classer = made();
  await classer.classify(request);
  await expect(classer.classify({ ...request, signal: AbortSignal.abort() })).rejects.toMatchObject({
    code: 'ABORTED',
  });
  const call = classer.classify(request);
  await classer.dispose();
  await expect(call).rejects.toMatchObject({ code: 'ABORTED' });
  await expect(classer.classify(request)).rejects.toMatchObject({ code: 'ABORTED' });
});

test('the headers say what the cache did', async () => {
  const handle = createHandler(made());
  const ask = async (path: string, body: object) => {
    const response = await handle(
      new Request(`http://localhost${path}`, { method: 'POST', body: JSON.stringify(body) }),
    );
    const names = ['X-Cache', 'X-Cache-Key', 'X-Cache-Age', 'X-Tokens-Used'];
    return { body: await response.json(), headers: names.map((name) => response.headers.get(name)) };
  };
  const first = await ask('/v1/classify', request);
  const key = first.headers[1];
  expect(key).toMatch(/^[0-9a-f]{16}$/);
  expect(first.headers).toEqual(['MISS', key, null, String(first.body.tokens)]);
  const second = await ask('/v1/classify', request);
  expect(second.headers).toEqual(['HIT', key, expect.stringMatching(/^\d$/), '0']);
  expect(second.body).toMatchObject({ cached: true, tokens: first.body.tokens });
  const skipped = await ask('/v1/classify', { ...request, cache: false });
  expect(skipped.headers).toEqual(['MISS', key, null, String(first.body.tokens)]);
  const batch = { texts: [request.text, 'praise'], labels };
  const mixed = await ask('/v1/classify/batch', batch);
  expect(mixed.headers).toEqual(['MISS', expect.any(String), null, String(mixed.body.results[1].tokens)]);
  expect(mixed.body.results.map((one: { cache: object }) => one.cache)).toEqual([{ hit: true }, { hit: false }]);
  expect((await ask('/v1/classify/batch', batch)).headers).toEqual(['HIT', mixed.headers[1], expect.any(String), '0']);
});

test('what is kept is closed with the classifier', async () => {
  const classer = createClasser();
  await classer.classifiers.save({ name: 'support', labels: ['a'] });
  await classer.dispose();
  for (const call of [
    () => classer.classifiers.list(),
    () => classer.cache.size(),
    () => classer.jobs.list(),
    () => classer.usage(),
  ]) {
    await expect(call()).rejects.toMatchObject({ code: 'ABORTED' });
  }
});
