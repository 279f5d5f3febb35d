import { mkdir, mkdtemp, open, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createClasser } from 'classer-local';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FileStore } from '../../src/store/file/store.js';
import { hubFolder } from '../support/hub/model.js';
import { hubServer } from '../support/hub/server.js';
import { modelCases } from '../support/model-cases.js';
import { rejection } from '../support/rejection.js';

const WEIGHTS = 'onnx/model_quantized.onnx';

let root: string;
let server: Awaited<ReturnType<typeof hubServer>>;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'classer-models-'));
  server = await hubServer();
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await rm(root, { recursive: true, force: true });
});

const place = (store: string) => (store === 'memory' ? store : join(root, store));

describe('in Node', () =>
  modelCases({
    hub: () => server.url,
    elsewhere: () => server.url,
    create: (store, options) => createClasser({ ...options, store: place(store) }),
    open: async (store) => new FileStore(place(store)),
  }));

// A folder below a file, and one that takes no others: root may write to all the rest.
const below = { path: 'file/home', used: 'storage_blocked' };
test.for(process.platform === 'linux' ? [below, { path: '/proc/classer', used: 0 }] : [below])(
  'where nothing can be written to, as in $path, no model can be changed, and the embedded one answers',
  async ({ path, used }) => {
    await writeFile(join(root, 'file'), '');
    const classer = createClasser({
      store: resolve(root, path),
      modelHost: `${server.url}/none/blocked`,
      cache: false,
    });
    const blocked = { code: 'MODEL_UNAVAILABLE', details: { reason: 'storage_blocked' } };
    expect(await rejection(classer.models.install('tiny/wordpiece'))).toMatchObject(blocked);
    expect(await rejection(classer.models.import(root, { id: 'tiny/wordpiece' }))).toMatchObject(blocked);
    expect(await rejection(classer.models.remove('tiny/wordpiece'))).toMatchObject(blocked);
    const storage = classer.models.storage();
    expect(
      await storage.then(
        (found) => found.used,
        ({ details }) => details?.reason,
      ),
    ).toBe(used);
    const { label } = await classer.classify({ text: 'I was charged twice this month', labels: ['billing', 'praise'] });
    expect(label).toBe('billing');
    await classer.dispose();
  },
);

test('weights in a folder that are too large are refused unread, and a zip as large is no hindrance', async () => {
  const classer = createClasser({ store: join(root, 'large'), modelHost: `${server.url}/none/large` });
  const { bytes } = await classer.models.install('tiny/wordpiece');
  const archive = await open(join(root, 'large.zip'), 'w');
  // What was put before an archive is none of it; here it is a hole that takes no room.
  let at = 2 ** 31;
  for await (const piece of await classer.models.export('tiny/wordpiece')) {
    await archive.write(piece, 0, piece.length, at);
    at += piece.length;
  }
  await archive.close();
  expect(await classer.models.import(join(root, 'large.zip'), { id: 'tiny/zipped' })).toMatchObject({ bytes });
  const folder = join(root, 'sparse');
  await mkdir(join(folder, 'onnx'), { recursive: true });
  for (const [path, content] of Object.entries(hubFolder('tiny/wordpiece') ?? {})) {
    if (!path.includes('/')) await writeFile(join(folder, path), content);
  }
  await writeFile(join(folder, WEIGHTS), '');
  await truncate(join(folder, WEIGHTS), 2 ** 31);
  const error = await rejection(classer.models.import(folder));
  expect(error).toMatchObject({ code: 'MODEL_UNAVAILABLE', details: { reason: 'too_large', file: WEIGHTS } });
  expect(error.message).toContain('2147483647');
  expect((await classer.models.list()).filter(({ embedded }) => !embedded).map(({ id }) => id)).toEqual([
    'tiny/wordpiece',
    'tiny/zipped',
  ]);
  await classer.dispose();
});
