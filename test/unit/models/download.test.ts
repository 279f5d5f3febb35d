import { expect, test } from 'vitest';
import { Download } from '../../../src/models/download.js';
import { Draft } from '../../../src/models/draft.js';
import { Tally } from '../../../src/models/progress.js';
import { storedName } from '../../../src/models/record.js';
import { refuseFull } from '../../../src/models/room.js';
import { MemoryStore } from '../../../src/store/memory/store.js';
import type { GrowingStore } from '../../../src/store/store.js';

/** A store that takes whatever comes, and says how much room there is. */
function bottomless(room: number): GrowingStore {
  const store = new MemoryStore();
  const files = {
    extend: async (_name: string, _from: number, pieces: AsyncIterable<Uint8Array>) => {
      for await (const _ of pieces);
    },
    room: async () => room,
  };
  return Object.assign(store, { files: Object.assign(store.files, files) });
}

test('a file of which nobody says the length ends where it becomes too large', async () => {
  const store = bottomless(1);
  let asked = 0;
  const body = (async function* () {
    yield new Uint8Array(100);
    asked++;
    // Memory that is never touched is never taken.
    yield new Uint8Array(2 ** 31);
    asked++;
  })();
  const source = {
    name: 'a stream',
    open: async () => ({ from: 0, total: undefined, exact: true, version: undefined, body }),
  };
  const draft = await Draft.open(store, 'tiny/endless', source.name);
  const signal = new AbortController().signal;
  const download = new Download({ source, draft, store, tally: new Tally(() => undefined), integrity: {}, signal });
  const details = { reason: 'too_large', file: 'onnx/model.onnx' };
  await expect(download.get('onnx/model.onnx')).rejects.toMatchObject({ code: 'MODEL_UNAVAILABLE', details });
  expect(asked).toBe(1);
});

test('of a file that comes anew nothing old is left under its name, even before any of it is written', async () => {
  const store = bottomless(1);
  const draft = await Draft.open(store, 'tiny/changed', 'a server');
  const path = 'onnx/model.onnx';
  const name = storedName(draft.folder, path);
  await draft.begin(path, 'first');
  await store.files.write(name, [new Uint8Array(100)]);
  const body = (async function* () {
    yield new Uint8Array(100);
  })();
  const source = {
    name: 'a server',
    open: async () => ({ from: 0, total: 100, exact: true, version: 'second', body }),
  };
  const signal = new AbortController().signal;
  const download = new Download({ source, draft, store, tally: new Tally(() => undefined), integrity: {}, signal });
  await download.begin(path);
  expect(draft.version(path)).toBe('second');
  expect(await store.files.size(name)).toBeUndefined();
});

test('what does not fit is refused with what is needed and what there is', async () => {
  const details = { needed: 1001, available: 1000, removable: [] };
  await expect(refuseFull('tiny/one', 1001, bottomless(1000))).rejects.toMatchObject({ code: 'STORAGE_FULL', details });
  await refuseFull('tiny/one', 1000, bottomless(1000));
});
