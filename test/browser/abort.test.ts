import { ClasserError, createClasser } from 'classer-local';
import { beforeAll, expect, test } from 'vitest';
import { filler } from '../support/filler.js';
import { rejection, settledIn } from '../support/rejection.js';

const classer = createClasser({ cache: false });
const labels = ['billing', 'praise'];
const short = { text: 'I was charged twice this month', labels };
/** Takes minutes to read to its end. */
const LONG = filler(100_000);
/** Milliseconds in which a call must settle once it was told to: one batch of windows and a busy machine. */
const QUICKLY = 5000;

beforeAll(() => classer.ready());

/** The next call must work, and soon: the abandoned one may not go on in the worker. */
async function expectAlive(): Promise<void> {
  const begun = performance.now();
  expect((await classer.classify(short)).label).toBe('billing');
  expect(performance.now() - begun).toBeLessThan(QUICKLY);
}

test('a signal that fired before refuses the call', async () => {
  const reason = new Error('changed my mind');
  const error = await rejection(classer.classify({ ...short, signal: AbortSignal.abort(reason) }));
  expect(error).toBeInstanceOf(ClasserError);
  expect(error).toMatchObject({ name: 'ClasserError', code: 'ABORTED', status: 499, cause: reason });
  expect(error.detail).toBe(error.message);
  await expectAlive();
});

test('a signal stops a long text', async () => {
  const controller = new AbortController();
  const reason = new Error('closed');
  let aborted = 0;
  const call = classer.classify({
    text: LONG,
    labels,
    timeout: 600,
    signal: controller.signal,
    onProgress: () => {
      aborted ||= performance.now();
      controller.abort(reason);
    },
  });
  const error = await rejection(call);
  expect(performance.now() - aborted).toBeLessThan(QUICKLY);
  expect(error).toMatchObject({ code: 'ABORTED', status: 499, cause: reason });
  await expectAlive();
});

test('a signal stops a batch', async () => {
  const controller = new AbortController();
  const call = classer.tagBatch({
    texts: Array.from({ length: 1000 }, () => filler(200)),
    labels,
    signal: controller.signal,
    onProgress: () => controller.abort(),
  });
  const error = await rejection(call);
  expect(error).toMatchObject({ code: 'ABORTED', cause: { name: 'AbortError' } });
  await expectAlive();
});

test('a signal that fires right after the call was made stops it before it reads', async () => {
  const controller = new AbortController();
  const call = classer.classify({ text: LONG, labels, signal: controller.signal });
  controller.abort();
  expect(await settledIn(call)).toBeLessThan(QUICKLY);
  expect(await rejection(call)).toMatchObject({ code: 'ABORTED' });
  await expectAlive();
});

test('a signal that fires after the answer changes nothing', async () => {
  const controller = new AbortController();
  const { label } = await classer.classify({ ...short, signal: controller.signal });
  controller.abort();
  expect(label).toBe('billing');
  await expectAlive();
});

test('a signal stops only its own call', async () => {
  const controller = new AbortController();
  const one = classer.classify({ text: LONG, labels, signal: controller.signal });
  const other = classer.classify(short);
  controller.abort();
  expect(await rejection(one)).toMatchObject({ code: 'ABORTED' });
  expect((await other).label).toBe('billing');
});

test('a signal stops the wait for a model that does not come', async () => {
  const stuck = createClasser({ assets: '/faulty/stuck/abort', cache: false });
  const controller = new AbortController();
  const reason = new Error('gone');
  const call = stuck.classify({ ...short, signal: controller.signal, onProgress: () => controller.abort(reason) });
  expect(await rejection(call)).toMatchObject({ code: 'ABORTED', cause: reason });
  // Giving up the wait does not stop the loading, so that another caller may go on waiting.
  const second = new AbortController();
  const waiting = stuck.ready({ signal: second.signal });
  second.abort();
  expect(await rejection(waiting)).toMatchObject({ code: 'ABORTED' });
  await stuck.dispose();
});

test('a timeout in seconds rejects with TIMEOUT', async () => {
  const call = classer.classify({ text: LONG, labels, timeout: 0.3 });
  expect(await settledIn(call)).toBeLessThan(QUICKLY);
  const error = await rejection(call);
  expect(error).toBeInstanceOf(ClasserError);
  expect(error).toMatchObject({ code: 'TIMEOUT', status: 408 });
  expect(error.detail).toBe(error.message);
  await expectAlive();
});

test('a budget ends the reading of a long text with an answer', async () => {
  const call = classer.classify({ text: `${short.text}. ${LONG}`, labels, budget_ms: 300, timeout: 600 });
  expect(await settledIn(call)).toBeLessThan(QUICKLY);
  expect(labels).toContain((await call).label);
});
