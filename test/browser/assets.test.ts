import { ClasserError, createClasser } from 'classer-local';
import { expect, test } from 'vitest';
import { rejection } from '../support/rejection.js';

const short = { text: 'I was charged twice this month', labels: ['billing', 'praise'] };

/**
 * What is wrong with the package's files, the code that says so, and what the message must name.
 * `mends`: one fault of each kind (a file, the runtime, the worker) shows that the next call starts afresh.
 */
const FAULTS: { fault: string; codes: string[]; names: string; mends?: boolean }[] = [
  { fault: 'cut', codes: ['MODEL_UNAVAILABLE'], names: 'encoder.onnx', mends: true },
  { fault: 'corrupt', codes: ['MODEL_UNAVAILABLE'], names: 'encoder.onnx' },
  { fault: 'page', codes: ['MODEL_UNAVAILABLE'], names: 'encoder.onnx' },
  { fault: 'missing', codes: ['MODEL_UNAVAILABLE'], names: 'encoder.onnx' },
  { fault: 'tokenizer', codes: ['MODEL_UNAVAILABLE'], names: 'tokenizer.json' },
  { fault: 'runtime', codes: ['MODEL_UNAVAILABLE'], names: 'ort', mends: true },
  { fault: 'no-worker', codes: ['WORKER_LOST', 'MODEL_UNAVAILABLE'], names: '' },
  { fault: 'page-worker', codes: ['WORKER_LOST', 'MODEL_UNAVAILABLE'], names: '' },
  { fault: 'broken-worker', codes: ['WORKER_LOST', 'MODEL_UNAVAILABLE'], names: 'broken on purpose', mends: true },
];

test.for(FAULTS)('$fault: a typed error, and once mended an answer', async ({ fault, codes, names, mends }) => {
  const assets = `/faulty/${fault}/assets`;
  const classer = createClasser({ assets, cache: false });
  const calls = [classer.classify(short), classer.ready()];
  for (const call of calls) {
    const error = await rejection(call);
    expect(error).toBeInstanceOf(ClasserError);
    expect(codes).toContain(error.code);
    expect(error.status).toBe(503);
    expect(error.message).toContain(names);
    expect(error.detail).toBe(error.message);
  }
  if (mends) {
    await fetch(`${assets}/mend`);
    expect((await classer.classify(short)).label).toBe('billing');
  }
  await classer.dispose();
});

test.for(['/nowhere', `${location.origin}/nowhere/`, 'http://127.0.0.1:9/'])('nothing at %s', async (assets) => {
  const classer = createClasser({ assets, cache: false });
  const error = await rejection(classer.classify(short));
  expect(error).toBeInstanceOf(ClasserError);
  expect(['WORKER_LOST', 'MODEL_UNAVAILABLE', 'VALIDATION_ERROR']).toContain(error.code);
  await classer.dispose();
});

test.for(['/faulty/none/slash/', new URL('/faulty/none/url', location.href)])(
  'whole files at %s answer',
  async (assets) => {
    const classer = createClasser({ assets, cache: false });
    expect((await classer.classify(short)).label).toBe('billing');
    await classer.dispose();
  },
);
