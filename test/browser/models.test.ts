import { createClasser } from 'classer-local';
import { describe, expect, test, vi } from 'vitest';
import { IndexedDbStore } from '../../src/store/indexeddb/store.js';
import { modelCases } from '../support/model-cases.js';
import { rejection } from '../support/rejection.js';

const run = crypto.randomUUID();
const place = (store: string) => (store === 'memory' ? store : `${store}-${run}`);

describe('in a page', () =>
  modelCases({
    hub: () => `${location.origin}/hub`,
    create: (store, options) => createClasser({ ...options, store: place(store) }),
    open: (store) => IndexedDbStore.open(place(store)),
  }));

test('where the browser keeps nothing, a model is refused and the embedded one answers', async () => {
  // What browsers do in private windows and where the user blocks storage.
  const open = vi.spyOn(indexedDB, 'open').mockImplementation(() => {
    throw new DOMException('blocked', 'SecurityError');
  });
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  const classer = createClasser({ modelHost: `${location.origin}/hub/none/blocked` });
  const error = await rejection(classer.models.install('tiny/wordpiece'));
  expect(error).toMatchObject({ code: 'MODEL_UNAVAILABLE', details: { reason: 'storage_blocked' } });
  const { label } = await classer.classify({ text: 'I was charged twice this month', labels: ['billing', 'praise'] });
  expect(label).toBe('billing');
  await classer.dispose();
  open.mockRestore();
  warn.mockRestore();
});
