import { createClasser } from 'classer-local';
import { expect, test } from 'vitest';
import { filler } from '../support/filler.js';
import { isolated } from '../support/isolated.js';

const GLUE = 'dist/ort/ort-wasm-simd-threaded.mjs';
const labels = ['billing', 'astronomy', 'cooking'];

/** Threads that the runtime started, seen by the server: each asks for the runtime's script as a worker. */
async function threadsStarted(key: string): Promise<number> {
  const asked: { path: string; as: string }[] = await (await fetch(`/faulty/none/${key}/asked`)).json();
  return asked.filter(({ path, as }) => path === GLUE && as === 'worker').length;
}

test('the page is isolated as its project says', () => {
  expect(globalThis.crossOriginIsolated).toBe(isolated());
});

test('threads run where the page is isolated, and nowhere else', async () => {
  const classer = createClasser({ assets: '/faulty/none/default', runtime: { threads: isolated() ? 2 : undefined } });
  await classer.ready();
  expect(await threadsStarted('default')).toBe(isolated() ? 1 : 0);
  await classer.dispose();
});

test('one thread and more give the same answers', async () => {
  const single = createClasser({ assets: '/faulty/none/one', runtime: { threads: 1 }, cache: false });
  const many = createClasser({ assets: '/faulty/none/many', runtime: { threads: 3 }, cache: false });
  const request = { text: filler(300), labels, scores: true };
  const one = await single.classify(request);
  const more = await many.classify(request);
  expect(await threadsStarted('one')).toBe(0);
  expect(await threadsStarted('many')).toBe(isolated() ? 2 : 0);
  for (const [i, { label, confidence }] of one.scores?.entries() ?? []) {
    expect(more.scores?.[i]?.label).toBe(label);
    expect(Math.abs((more.scores?.[i]?.confidence ?? 2) - confidence)).toBeLessThan(1e-3);
  }
  await Promise.all([single.dispose(), many.dispose()]);
});
