import { expect, test } from 'vitest';
import type { GrowingStore, Store } from '../../src/store/store.js';

const bytes = (text: string) => new TextEncoder().encode(text);

/** All that a file holds from an offset on, as text. */
export async function readText(store: Store, name: string, from?: number): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const piece of store.files.read(name, from)) text += decoder.decode(piece, { stream: true });
  return text + decoder.decode();
}

/** What every kind of store promises; `open` gives the same one again, as another tab or process would see it. */
export function storeCases(open: () => Promise<Store>, { shared }: { shared: boolean }): void {
  const again = shared ? open : undefined;

  test('a record is there for whoever asks next, and gone when it is removed', async () => {
    const store = await open();
    expect(await store.get('classifiers', 'support')).toBeUndefined();
    const value = { name: 'support', labels: ['a', 'ü\u2028"'], threshold: 0.5, none: null };
    await store.update('classifiers', 'support', () => value);
    expect(await (again ? await again() : store).get('classifiers', 'support')).toEqual(value);
    expect(await store.get('keys', 'support')).toBeUndefined();
    await store.update('classifiers', 'support', () => undefined);
    expect(await store.get('classifiers', 'support')).toBeUndefined();
    expect(await store.keys('classifiers')).toEqual([]);
  });

  test('a record that was read is a copy', async () => {
    const store = await open();
    await store.update('usage', 'copy', () => ({ list: [1] }));
    const read = (await store.get<{ list: number[] }>('usage', 'copy')) as { list: number[] };
    read.list.push(2);
    expect(await store.get('usage', 'copy')).toEqual({ list: [1] });
  });

  test('keys come in order', async () => {
    const store = await open();
    for (const key of ['b', 'a10', 'a2', 'con', '0', 'a.b_c-d']) await store.update('logs', key, () => key);
    expect(await store.keys('logs')).toEqual(['0', 'a.b_c-d', 'a10', 'a2', 'b', 'con']);
    for (const key of await store.keys('logs')) await store.update('logs', key, () => undefined);
  });

  test('changes at once are all kept', async () => {
    const stores = await Promise.all([open(), again ? again() : open()]);
    const users = again ? stores : [stores[0], stores[0]];
    const count = 40;
    await Promise.all(
      Array.from({ length: count }, (_, i) =>
        users[i % 2]?.update<number>('usage', 'counter', (before = 0) => before + 1),
      ),
    );
    expect(await stores[0]?.get('usage', 'counter')).toBe(count);
    await stores[0]?.update('usage', 'counter', () => undefined);
  });

  test('a change that throws changes nothing and holds nobody up', async () => {
    const store = await open();
    await store.update('keys', 'steady', () => 1);
    const broken = store.update('keys', 'steady', () => {
      throw new RangeError('no');
    });
    await expect(broken).rejects.toThrow(RangeError);
    expect(await store.update<number>('keys', 'steady', (before = 0) => before + 1)).toBe(2);
    await store.update('keys', 'steady', () => undefined);
  });

  test.for(['', '.', '..', 'a/b', 'A', 'é', 'x'.repeat(101)])('%j is no key', async (key) => {
    const store = await open();
    await expect((async () => store.get('keys', key))()).rejects.toMatchObject({ code: 'INTERNAL' });
    await expect((async () => store.update('keys', key, () => 1))()).rejects.toMatchObject({ code: 'INTERNAL' });
  });

  test('a record is removed whatever it holds, and one that is not there too', async () => {
    const store = await open();
    await store.update('keys', 'removed', () => 1);
    await store.remove('keys', 'removed');
    await store.remove('keys', 'removed');
    expect(await store.get('keys', 'removed')).toBeUndefined();
  });

  test('a claim is exclusive until it is given back', async () => {
    const store = await open();
    const other = again ? await again() : store;
    const release = await store.claim('job');
    expect(release).toBeDefined();
    expect(await other.claim('job')).toBeUndefined();
    const another = await other.claim('another');
    await another?.();
    await release?.();
    const next = await other.claim('job');
    expect(next).toBeDefined();
    await next?.();
  });

  test('a file is written in pieces and read from anywhere', async () => {
    const { files, ...store } = await open().then((one) => ({ files: one.files, one }));
    const pieces = async function* () {
      for (let i = 0; i < 5; i++) yield bytes(`piece ${i}\n`);
    };
    expect(await files.write('job-1/input', pieces())).toBe(40);
    expect(await files.size('job-1/input')).toBe(40);
    expect(await readText(store.one, 'job-1/input')).toBe('piece 0\npiece 1\npiece 2\npiece 3\npiece 4\n');
    expect(await readText(store.one, 'job-1/input', 32)).toBe('piece 4\n');
    expect(await files.write('job-1/input', [bytes('short')])).toBe(5);
    expect(await readText(store.one, 'job-1/input')).toBe('short');
    await files.write('job-1/other', [bytes('other')]);
    await files.remove('job-1/other');
    await files.remove('job-1/other');
    expect(await files.size('job-1/other')).toBeUndefined();
    expect(await files.size('job-1/input')).toBe(5);
    await files.remove('job-1');
    await files.remove('job-1');
    await files.remove('job-1/input');
    expect(await files.size('job-1/input')).toBeUndefined();
    await expect(readText(store.one, 'job-1/input')).rejects.toMatchObject({ code: 'INTERNAL' });
  });

  test('a file that breaks off is not there, and the one before it still is', async () => {
    const store = await open();
    const cut = async function* () {
      yield bytes('half of it');
      throw new RangeError('cut');
    };
    await expect(store.files.write('job-2/input', cut())).rejects.toThrow('cut');
    expect(await store.files.size('job-2/input')).toBeUndefined();
    await store.files.write('job-2/input', [bytes('whole')]);
    await expect(store.files.write('job-2/input', cut())).rejects.toThrow('cut');
    expect(await readText(store, 'job-2/input')).toBe('whole');
    await store.files.remove('job-2');
  });
}

/** What stores promise besides that files can be downloaded into. */
export function growingCases(open: () => Promise<GrowingStore>): void {
  test('a file is extended where it broke off, or from anywhere before', async () => {
    const store = await open();
    const cut = async function* (text: string) {
      yield bytes(text);
      throw new RangeError('cut');
    };
    const whole = async function* (text: string) {
      yield bytes(text);
    };
    await expect(store.files.extend('model-1/encoder', 0, cut('one, '))).rejects.toThrow('cut');
    expect(await store.files.size('model-1/encoder')).toBe(5);
    await store.files.extend('model-1/encoder', 5, whole('two'));
    expect(await readText(await open(), 'model-1/encoder')).toBe('one, two');
    await store.files.extend('model-1/encoder', 3, whole('!'));
    expect(await readText(store, 'model-1/encoder')).toBe('one!');
    await store.files.extend('model-1/encoder', 0, whole('new'));
    expect(await readText(store, 'model-1/encoder')).toBe('new');
    expect(store.files.address('model-1/encoder')).toBeDefined();
    expect((await store.files.room()) ?? 1).toBeGreaterThan(0);
    await store.files.remove('model-1');
  });
}
