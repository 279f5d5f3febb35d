import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type CreateOptions, createClasser } from 'classer-local';
import { describe, expect, test } from 'vitest';
import manifest from '../../models/manifest.json' with { type: 'json' };
import packageLock from '../../package-lock.json' with { type: 'json' };
import { RUNTIME, VectorCache } from '../../src/service/cache/vectors.js';
import { FileStore } from '../../src/store/file/store.js';
import { MemoryStore } from '../../src/store/memory/store.js';
import type { Store } from '../../src/store/store.js';
import { ownHome } from '../support/child.js';
import { hubServer } from '../support/hub/server.js';
import { vectorCases } from '../support/vector-cases.js';

const root = ownHome();
/** Several processes' worth of loading models. */
const SECONDS = 180;

describe('in Node', () =>
  vectorCases({
    create: (store, options) => createClasser({ ...options, store: join(root, store) }),
    open: async (store) => new FileStore(join(root, store)),
  }));

test(
  'those of an installed model are kept, and another version of it never reads them',
  async () => {
    await using server = await hubServer();
    const store = join(root, 'versions');
    const ask = async (source?: string, options: CreateOptions = {}) => {
      const classer = createClasser({ ...options, store });
      if (source) await classer.models.install(`${server.url}/none/vectors/${source}/`, { id: 'my/own' });
      const { scores } = await classer.tag({
        text: 'a refund of my billing and the invoice',
        labels: ['billing', 'sport', 'weather'],
        model: 'my/own',
        scores: true,
        cache: false,
        timeout: 300,
      });
      await classer.dispose();
      const names = await readdir(join(store, 'vectors')).catch(() => []);
      return { scores, models: [...new Set(names.map((name) => name.slice(0, 66)))] };
    };
    const before = await ask('tiny/wordpiece');
    expect(before.models).toHaveLength(1);
    expect(await ask()).toEqual(before);
    const after = await ask('tiny/other-weights');
    expect(await ask(undefined, { cache: false })).toEqual(after);
    expect(after.scores).not.toEqual(before.scores);
    // Nothing of the version that is gone is left.
    expect(after.models).toHaveLength(1);
    expect(after.models).not.toEqual(before.models);
  },
  SECONDS * 1000,
);

test('a folder that cannot be written to costs nothing but time', async () => {
  const file = join(root, 'file');
  await mkdir(root, { recursive: true });
  await writeFile(file, '');
  const classer = createClasser({ store: join(file, 'home') });
  const { label } = await classer.classify({ text: 'I was charged twice this month', labels: ['billing', 'praise'] });
  expect(label).toBe('billing');
  await classer.dispose();
});

describe('of any number', () => {
  const [spec, other] = Object.values(manifest.models) as never[] as [never, never];
  const opened = (store: Store, embedded = [spec, other]) => new VectorCache(async () => store, embedded);
  const hash = (i: number) => (i * 7919).toString(16).padStart(8, '0').split('').reverse().join('').padEnd(64, '0');
  const some = (from: number, count: number, length: number) =>
    Object.fromEntries(
      Array.from({ length: count }, (_, i) => [hash(from + i), new Float32Array(length).fill(from + i)]),
    );

  test('the last used are kept, in little room, and those of a model that is not known are not', async () => {
    const store = new FileStore(join(root, 'many'));
    const [one, gone] = [opened(store).of(spec), opened(store, [other])];
    gone.of(other).add(some(0, 10, 4));
    await gone.flush();
    const cache = opened(store, [spec]);
    const model = cache.of(spec);
    for (let from = 0; from < 2600; from += 1300) {
      model.add(some(from, 1300, 1153));
      await cache.flush();
    }
    const kept = Object.keys(await one.read());
    expect(kept.length).toBeGreaterThan(1800);
    expect(kept.length).toBeLessThan(2200);
    for (let i = 1300; i < 2600; i++) expect(kept).toContain(hash(i));
    expect(await opened(store).of(other).read()).toEqual({});
    await store.close();
  });

  test('two writers at once lose nothing, and memory keeps nothing', async () => {
    const folder = join(root, 'two');
    const stores = [new FileStore(folder), new FileStore(folder)];
    const caches = stores.map((store) => opened(store));
    for (const [i, cache] of caches.entries()) cache.of(spec).add(some(100 * i, 100, 4));
    await Promise.all(caches.map((cache) => cache.flush()));
    expect(
      Object.keys(
        await opened(stores[0] as Store)
          .of(spec)
          .read(),
      ),
    ).toHaveLength(200);
    const memory = new MemoryStore();
    const cache = opened(memory);
    cache.of(spec).add(some(0, 1, 4));
    await cache.flush();
    expect(await memory.keys('vectors')).toEqual([]);
  });

  test('another version of the runtime has its own', () => {
    const { version } = packageLock.packages['node_modules/onnxruntime-web'];
    expect(`onnxruntime-web ${version}`.startsWith(`${RUNTIME}.`)).toBe(true);
  });
});
