import { createClasser } from 'classer-local';
import { afterAll, expect, test } from 'vitest';
import { captureWorkers } from '../support/captured-worker.js';
import { poolCases } from '../support/pool-cases.js';

const workers = captureWorkers();
afterAll(() => workers.restore());

poolCases({
  create: (options) => createClasser({ ...options, store: 'memory' }),
  started: () => workers.started.map((worker) => ({ kill: () => worker.terminate() })),
});

test('the weights are downloaded once for all workers', async () => {
  const classer = createClasser({ concurrency: 2, cache: false, store: 'memory', assets: '/faulty/none/pool' });
  const before = workers.started.length;
  await classer.classifyBatch({ texts: Array.from({ length: 100 }, (_, i) => `text ${i}`), labels: ['a', 'b'] });
  await classer.dispose();
  expect(workers.started.length - before).toBe(2);
  const asked: { path: string }[] = await (await fetch('/faulty/none/pool/asked')).json();
  expect(asked.filter(({ path }) => path.endsWith('encoder.onnx'))).toHaveLength(1);
});
