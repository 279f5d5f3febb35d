import { ClasserClient, ClasserError, createClasser } from 'classer-local';
import { expect, test } from 'vitest';
import { rejection } from '../support/rejection.js';

const BAD: { options: unknown; field: string; says?: string }[] = [
  { options: { modle: 'classer-embed' }, field: 'modle', says: 'Did you mean model?' },
  { options: { asset: '/assets' }, field: 'asset', says: 'Did you mean assets?' },
  { options: { runtime: { thread: 2 } }, field: 'thread', says: 'Did you mean threads?' },
  { options: { zzzzzzzzzz: 1 }, field: 'zzzzzzzzzz', says: 'Known: model, assets, runtime' },
  { options: { assets: 5 }, field: 'assets' },
  { options: { assets: 'http://' }, field: 'assets' },
  { options: { model: 5 }, field: 'model' },
  { options: { modelHost: 'hub' }, field: 'modelHost' },
  { options: { concurrency: 0 }, field: 'concurrency' },
  { options: { concurrency: 'many' }, field: 'concurrency' },
  { options: { device: 'gpu' }, field: 'device', says: 'auto, wasm or webgpu' },
  { options: { runtime: 'fast' }, field: 'runtime' },
  { options: { runtime: { threads: 0 } }, field: 'threads' },
  { options: { runtime: { threads: Number.NaN } }, field: 'threads' },
  { options: { runtime: { threads: '2' } }, field: 'threads' },
  { options: { signal: {} }, field: 'signal' },
  { options: null, field: 'options' },
  { options: 'fast', field: 'options' },
  { options: [], field: 'options' },
];

function thrownBy(run: () => unknown): unknown {
  try {
    return { value: run() };
  } catch (error) {
    return error;
  }
}

test.for(BAD)('createClasser($options) is refused', ({ options, field, says = '' }) => {
  const error = thrownBy(() => createClasser(options as never));
  expect(error).toBeInstanceOf(ClasserError);
  expect(error).toMatchObject({ code: 'VALIDATION_ERROR', status: 422, details: { field } });
  expect((error as ClasserError).message).toContain(says);
});

test('a model that is not installed is named, with those that are', async () => {
  const classer = createClasser({ model: 'nope' });
  const error = await rejection(classer.ready());
  await classer.dispose();
  expect(error).toBeInstanceOf(ClasserError);
  expect(error).toMatchObject({ code: 'MODEL_NOT_FOUND', status: 404, details: { field: 'model' } });
  expect((error as ClasserError).message).toContain('classer-embed');
});

test.for([{ timeout: -1 }, { timeout: Number.NaN }, { batchTimeout: '5' }])(
  'new ClasserClient(%o) is refused',
  (config) => {
    const error = thrownBy(() => new ClasserClient(config as never));
    expect(error).toMatchObject({ code: 'VALIDATION_ERROR', details: { field: Object.keys(config)[0] } });
  },
);

test('options left undefined are as if they were not there', async () => {
  const classer = createClasser({ model: undefined, assets: undefined, runtime: undefined, signal: undefined });
  await classer.dispose();
});
