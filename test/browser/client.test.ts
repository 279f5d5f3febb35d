import classer, {
  ClasserClient,
  ClasserError,
  classify,
  classifyBatch,
  createClasser,
  tag,
  tagBatch,
} from 'classer-local';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CapturedWorkers, captureWorkers } from '../support/captured-worker.js';
import { rejection } from '../support/rejection.js';

const labels = ['billing', 'praise'];
const short = { text: 'I was charged twice this month', labels };
const many = { texts: [short.text], labels };

let workers: CapturedWorkers;
beforeAll(async () => {
  workers = captureWorkers();
  // What is remembered would not be asked.
  await createClasser().cache.clear();
});
afterAll(() => workers.restore());

test('functions, plain clients and the default export share one worker', async () => {
  const client = new ClasserClient();
  const other = new classer.ClasserClient({ apiKey: 'unused' });
  const answers = await Promise.all([
    classify(short),
    client.classify(short),
    other.classify(short),
    classer.classify(short),
  ]);
  for (const { label } of answers) expect(label).toBe('billing');
  expect((await tag({ ...short, threshold: 0 })).labels).toHaveLength(2);
  expect((await classifyBatch(many)).results[0]?.label).toBe('billing');
  expect((await tagBatch({ ...many, threshold: 0 })).results[0]?.labels).toHaveLength(2);
  expect(workers.started).toHaveLength(1);
});

test('the default export holds what the SDK’s does', () => {
  expect(classer).toMatchObject({ ClasserClient, ClasserError, classify, tag, classifyBatch, tagBatch });
});

test('a client’s timeout counts for its calls', async () => {
  const client = new ClasserClient({ timeout: 0.2, batchTimeout: 0.2 });
  const text = 'word '.repeat(50_000);
  expect(await rejection(client.classify({ text, labels }))).toMatchObject({ code: 'TIMEOUT' });
  expect(await rejection(client.tagBatch({ texts: [text], labels }))).toMatchObject({ code: 'TIMEOUT' });
});

test('an SDK error keeps its three parameters', () => {
  const error = new ClasserError('Slow down', 429, 'Too many requests');
  expect(error).toBeInstanceOf(Error);
  expect(error).toMatchObject({ message: 'Slow down', status: 429, detail: 'Too many requests', code: 'RATE_LIMITED' });
  expect(new ClasserError('plain')).toMatchObject({ status: undefined, detail: undefined });
});

test('two classifiers work side by side, and disposing of one leaves the other', async () => {
  const one = createClasser({ cache: false });
  const two = createClasser({ cache: false });
  const [a, b] = await Promise.all([one.classify(short), two.classify(short)]);
  expect(a.confidence).toBe(b.confidence);
  await one.dispose();
  expect((await two.classify(short)).label).toBe('billing');
  await two.dispose();
});

test('dispose rejects what is in flight and every later call, and may be called twice', async () => {
  const own = createClasser({ cache: false });
  await own.ready();
  const call = own.classify({ text: 'word '.repeat(50_000), labels });
  await own.dispose();
  await own.dispose();
  expect(await rejection(call)).toMatchObject({ code: 'ABORTED', status: 499 });
  expect(await rejection(own.classify(short))).toMatchObject({ code: 'ABORTED' });
  expect(await rejection(own.ready())).toMatchObject({ code: 'ABORTED' });
});

test('dispose before the first call, or while the model loads, starts nothing that lasts', async () => {
  const before = workers.started.length;
  const idle = createClasser({ cache: false });
  await idle.dispose();
  expect(await rejection(idle.classify(short))).toMatchObject({ code: 'ABORTED' });
  expect(workers.started).toHaveLength(before);
  const loading = createClasser({ cache: false });
  const call = loading.classify(short);
  await loading.dispose();
  expect(await rejection(call)).toMatchObject({ code: 'ABORTED' });
});

test('a classifier’s signal disposes of it', async () => {
  const controller = new AbortController();
  const own = createClasser({ cache: false, signal: controller.signal });
  const call = own.classify(short);
  controller.abort();
  expect(await rejection(call)).toMatchObject({ code: 'ABORTED' });
  const dead = createClasser({ signal: AbortSignal.abort() });
  expect(await rejection(dead.classify(short))).toMatchObject({ code: 'ABORTED' });
});

test('await using disposes', async () => {
  const own = createClasser({ cache: false });
  const { asyncDispose = Symbol.for('Symbol.asyncDispose') } = Symbol as { asyncDispose?: symbol };
  await (own as unknown as Record<symbol, () => Promise<void>>)[asyncDispose]?.();
  expect(await rejection(own.ready())).toMatchObject({ code: 'ABORTED' });
});
