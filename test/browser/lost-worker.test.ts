import { ClasserError, createClasser } from 'classer-local';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type CapturedWorkers, captureWorkers } from '../support/captured-worker.js';
import { filler } from '../support/filler.js';
import { rejection } from '../support/rejection.js';

const labels = ['billing', 'praise'];
const short = { text: 'I was charged twice this month', labels };
const LONG = filler(20_000);
/** Milliseconds from a worker's death to its callers' hearing of it. */
const SOON = 5000;

let workers: CapturedWorkers;
beforeEach(() => {
  workers = captureWorkers();
});
afterEach(() => workers.restore());

test('a killed worker rejects all that was in flight, and a fresh one takes the next call', async () => {
  const classer = createClasser({ cache: false });
  await classer.ready();
  let killed = 0;
  const kill = () => {
    if (killed) return;
    killed = performance.now();
    workers.started[0]?.terminate();
  };
  const calls = [
    classer.classify({ text: LONG, labels, timeout: 600, onProgress: kill }),
    classer.tagBatch({ texts: [LONG], labels }),
  ];
  for (const call of calls) {
    const error = await rejection(call);
    expect(error).toBeInstanceOf(ClasserError);
    expect(error).toMatchObject({ code: 'WORKER_LOST', status: 503 });
  }
  expect(performance.now() - killed).toBeLessThan(SOON);
  expect((await classer.classify(short)).label).toBe('billing');
  expect(workers.started).toHaveLength(2);
  await classer.dispose();
});

test('a worker killed while its model loads rejects the call, and the next one works', async () => {
  const classer = createClasser({ cache: false });
  const call = classer.classify({ ...short, onProgress: () => workers.started[0]?.terminate() });
  expect(await rejection(call)).toMatchObject({ code: 'WORKER_LOST', status: 503 });
  expect((await classer.classify(short)).label).toBe('billing');
  await classer.dispose();
});

test('a worker killed before it began rejects the call in bounded time', async () => {
  const classer = createClasser({ cache: false });
  const call = classer.classify(short);
  workers.started[0]?.terminate();
  const error = await rejection(call);
  expect(['WORKER_LOST', 'MODEL_UNAVAILABLE', 'TIMEOUT']).toContain(error.code);
  expect((await classer.classify(short)).label).toBe('billing');
  await classer.dispose();
}, 90_000);

test('a worker killed while it rests is replaced', async () => {
  const classer = createClasser({ cache: false });
  await classer.classify(short);
  workers.started[0]?.terminate();
  // Its death is noticed at once or by the next call, which then may be rejected; the one after it works.
  const next = await classer.classify(short).catch((error: unknown) => error);
  if (next instanceof Error) expect(next).toMatchObject({ code: 'WORKER_LOST' });
  expect((await classer.classify(short)).label).toBe('billing');
  await classer.dispose();
});

test('an error thrown in the worker outside of a call counts as its death', async () => {
  const classer = createClasser({ cache: false });
  await classer.ready();
  const call = classer.classify({ text: LONG, labels, timeout: 600 });
  workers.started[0]?.dispatchEvent(new ErrorEvent('error', { message: 'out of memory' }));
  expect(await rejection(call)).toMatchObject({
    code: 'WORKER_LOST',
    message: expect.stringContaining('out of memory'),
  });
  expect((await classer.classify(short)).label).toBe('billing');
  await classer.dispose();
});
