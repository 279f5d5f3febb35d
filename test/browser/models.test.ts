import { createClasser } from 'classer-local';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { cdp } from 'vitest/browser';
import { IndexedDbStore } from '../../src/store/indexeddb/store.js';
import { doctorWorkers } from '../support/doctored-workers.js';
import { modelCases } from '../support/model-cases.js';
import { rejection } from '../support/rejection.js';

const run = crypto.randomUUID();
const place = (store: string) => (store === 'memory' ? store : `${store}-${run}`);

describe('in a page', () =>
  modelCases({
    hub: () => `${location.origin}/hub`,
    elsewhere: () => `${location.origin.replace('localhost', '127.0.0.1')}/hub`,
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

const WORKER = /\/dist\/worker\.js$/;

/** Nothing of it is there on a page without HTTPS; private windows of some browsers refuse it. */
const REFUSALS = {
  'is not there': 'Object.defineProperty(Object.getPrototypeOf(navigator), "storage", { value: undefined });',
  'is refused':
    'StorageManager.prototype.getDirectory = async () => { throw new DOMException("insecure", "SecurityError"); };',
};

test.for(Object.entries(REFUSALS))('where the private file system %s, the same', async ([how, code]) => {
  const doctored = doctorWorkers(code, WORKER);
  onTestFinished(() => {
    doctored.restore();
    vi.restoreAllMocks();
  });
  if (how === 'is refused')
    vi.spyOn(navigator.storage, 'getDirectory').mockRejectedValue(new DOMException('', 'SecurityError'));
  else vi.spyOn(navigator, 'storage', 'get').mockReturnValue(undefined as never);
  const classer = createClasser({
    store: place(how.replaceAll(' ', '-')),
    modelHost: `${location.origin}/hub/none/opfs`,
    cache: false,
  });
  const error = await rejection(classer.models.install('tiny/wordpiece'));
  expect(error).toMatchObject({ code: 'MODEL_UNAVAILABLE', details: { reason: 'storage_blocked' } });
  expect(await classer.models.storage()).toMatchObject({ used: 0, persisted: false });
  expect((await classer.models.list()).map(({ id }) => id)).toEqual(['classer-embed', 'nli-mini']);
  const { label } = await classer.classify({ text: 'I was charged twice this month', labels: ['billing', 'praise'] });
  expect(label).toBe('billing');
  await classer.dispose();
});

test('a disk that fills up while a model comes says what is needed and what can go', async () => {
  const classer = createClasser({ store: place('full'), modelHost: `${location.origin}/hub/none/full` });
  await classer.models.install('tiny/wordpiece');
  const { usage = 0 } = await navigator.storage.estimate();
  const origin = location.origin;
  await cdp().send('Storage.overrideQuotaForOrigin', { origin, quotaSize: usage + 60_000 });
  try {
    // Nothing is said of the length of this one.
    const url = `${location.origin}/hub/short/full/tiny/bpe/`;
    const error = await rejection(classer.models.install(url, { id: 'tiny/bpe' }));
    expect(error).toMatchObject({ code: 'STORAGE_FULL', details: { removable: [{ id: 'tiny/wordpiece' }] } });
    expect(error.message).toContain('remove a model: tiny/wordpiece');
    expect((await classer.models.list()).map(({ id }) => id)).toEqual(['classer-embed', 'nli-mini', 'tiny/wordpiece']);
    // A private window's estimate is of what it might have.
    tells({ quota: 1e10, usage: 0 });
    const { details, message } = await rejection(classer.models.install(url, { id: 'tiny/bpe' }));
    expect(details).toMatchObject({ available: null });
    expect(details?.['needed']).toBeGreaterThan(100);
    expect(message).toContain('too few are free');
  } finally {
    await cdp().send('Storage.overrideQuotaForOrigin', { origin });
  }
  await classer.dispose();
});

test('a disk without room is told before anything large is fetched, with what is needed', async () => {
  tells({ quota: 1e6, usage: 9e5 });
  const classer = createClasser({ store: place('room'), modelHost: `${location.origin}/hub/none/room` });
  const error = await rejection(classer.models.install('tiny/bpe'));
  expect(error).toMatchObject({ code: 'STORAGE_FULL', status: 507, details: { available: 1e5, removable: [] } });
  expect(error.details?.['needed']).toBeGreaterThan(400_000);
  await classer.dispose();
});

/** Has the browser tell installing workers this of its room, until the test ends. */
function tells(estimate: StorageEstimate): void {
  const answer = JSON.stringify(estimate);
  const doctored = doctorWorkers(`StorageManager.prototype.estimate = async () => (${answer});`, WORKER);
  onTestFinished(doctored.restore);
}
