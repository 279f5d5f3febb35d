import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { CALLS, checkRequest } from '../../src/contract/request.js';
import { AnswerCache } from '../../src/service/cache/cache.js';
import { answerKeys } from '../../src/service/cache/key.js';
import { merge, weight } from '../../src/service/cache/shard.js';
import { MemoryStore } from '../../src/store/memory/store.js';

afterEach(() => vi.useRealTimers());

const limits = { bytes: 1_000_000, seconds: 60 };
const key = async (request: object, model = 'm'): Promise<string> =>
  (await answerKeys(model, checkRequest(CALLS.classify, request)))[0] as string;
const hex = (i: number) => createHash('sha256').update(String(i)).digest('hex');

describe('the key of an answer', () => {
  const base = {
    text: 'hello',
    labels: ['a', 'b', 'c'],
    descriptions: { a: 'first', b: 'second' },
    examples: { a: ['one'], c: ['two', 'three'] },
    text_type: 'mail',
  };

  test('is the same whatever the order of labels and keys', async () => {
    const turned = {
      text_type: 'mail',
      examples: { c: ['two', 'three'], a: ['one'] },
      descriptions: { b: 'second', a: 'first' },
      labels: ['c', 'a', 'b'],
      text: 'hello',
    };
    expect(await key(turned)).toBe(await key(base));
    const { text_type: source_type, ...older } = base;
    expect(await key({ ...older, source_type })).toBe(await key(base));
    expect(await key({ ...base, cache: false, priority: 'standard' })).toBe(await key(base));
  });

  test.for([
    { text: 'hello ' },
    { labels: ['a', 'b', 'd', 'c'] },
    { descriptions: { a: 'first' } },
    { examples: { a: ['one'], c: ['two three'] } },
    { text_type: 'chat' },
    { hypothesis_template: 'about {}' },
    { priority: 'fast' },
    { scores: true },
    { explain: true },
    { min_confidence: 0.5 },
    { budget_ms: 5 },
  ])('is another one with %o', async (change) => {
    expect(await key({ ...base, ...change })).not.toBe(await key(base));
  });

  test('is another one for another model and another call', async () => {
    expect(await key(base, 'n')).not.toBe(await key(base));
    const tag = (threshold: number) => answerKeys('m', checkRequest(CALLS.tag, { ...base, threshold }));
    expect(new Set([await key(base), ...(await tag(0.5)), ...(await tag(0.4))]).size).toBe(3);
  });

  test('is another one in the next version of the package, which may read files otherwise', async () => {
    vi.resetModules();
    vi.doMock('../../package.json', () => ({ default: { version: '9.9.9' } }));
    const next = await import('../../src/service/cache/key.js').finally(() => vi.doUnmock('../../package.json'));
    const task = checkRequest(CALLS.classify, base);
    expect(await next.answerKeys('m', task)).not.toEqual(await answerKeys('m', task));
  });

  test('never mixes two texts up', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string(), fc.string(), async (one, other) => {
        const texts = [`${one}x`, `${other}x`];
        const [a, b] = await answerKeys('m', checkRequest(CALLS.classifyBatch, { texts, labels: ['a'] }));
        expect(a === b).toBe(one === other);
      }),
    );
  });
});

describe('a shard', () => {
  const entry = fc.record({ answer: fc.string(), at: fc.integer({ min: 0, max: 1000 }) });
  const shard = fc.dictionary(fc.string(), entry);

  test('stays in its bounds and keeps the newest', () => {
    fc.assert(
      fc.property(shard, shard, fc.integer({ min: 0, max: 400 }), (before, added, bytes) => {
        const after = merge(before, added, { bytes, milliseconds: 500 }, 1000);
        const size = Object.entries(after).reduce((sum, [name, one]) => sum + weight(name, one), 0);
        expect(size).toBeLessThanOrEqual(bytes);
        for (const [name, one] of Object.entries(after)) {
          expect(one.at).toBeGreaterThan(500);
          // A name may be one that every object has, such as toString.
          expect(one).toEqual((Object.hasOwn(added, name) ? added : before)[name]);
        }
      }),
    );
  });
});

describe('an answer cache', () => {
  const opened = (store = new MemoryStore(), own = limits) => new AnswerCache(async () => store, own);

  test('knows at once what it was told, and another one once it is written', async () => {
    const store = new MemoryStore();
    const cache = opened(store);
    cache.put(hex(1), { label: 'a' });
    expect((await cache.get(hex(1)))?.answer).toEqual({ label: 'a' });
    expect(await opened(store).get(hex(1))).toBeUndefined();
    await cache.flush();
    expect((await opened(store).get(hex(1)))?.answer).toEqual({ label: 'a' });
    expect(await cache.get(hex(2))).toBeUndefined();
  });

  test('forgets after its time, and says how old an answer is', async () => {
    vi.useFakeTimers();
    const cache = opened();
    cache.put(hex(1), 'a');
    vi.setSystemTime(Date.now() + 59_000);
    expect((await cache.get(hex(1)))?.age).toBe(59);
    vi.setSystemTime(Date.now() + 1000);
    expect(await cache.get(hex(1))).toBeUndefined();
    await cache.flush();
    expect(await cache.size()).toEqual({ entries: 0, bytes: 0 });
  });

  test('writes by itself, soon', async () => {
    vi.useFakeTimers();
    const store = new MemoryStore();
    opened(store).put(hex(1), 'a');
    await vi.advanceTimersByTimeAsync(1000);
    expect((await opened(store).get(hex(1)))?.answer).toBe('a');
  });

  test('writes less often where writing takes long', async () => {
    vi.useFakeTimers();
    const store = new MemoryStore();
    const update = vi.spyOn(store, 'update').mockImplementation(async () => {
      await new Promise((resolve) => setTimeout(resolve, 200));
      return undefined;
    });
    const cache = opened(store);
    cache.put(hex(1), 'a');
    await vi.advanceTimersByTimeAsync(1000);
    expect(update).toHaveBeenCalledTimes(1);
    cache.put(hex(2), 'b');
    await vi.advanceTimersByTimeAsync(1900);
    expect(update).toHaveBeenCalledTimes(1);
    expect((await cache.get(hex(2)))?.answer).toBe('b');
    await vi.advanceTimersByTimeAsync(200);
    expect(update).toHaveBeenCalledTimes(2);
  });

  test('stays in its bounds, over all its records', async () => {
    const store = new MemoryStore();
    const cache = opened(store, { bytes: 64_000, seconds: 60 });
    for (let i = 0; i < 2000; i++) cache.put(hex(i), 'x'.repeat(200));
    const { entries, bytes } = await cache.size();
    expect(bytes).toBeLessThanOrEqual(64_000);
    expect(entries).toBeGreaterThan(64);
  });

  test('keeps what two of them add, and forgets what one of them clears', async () => {
    const store = new MemoryStore();
    const [one, two] = [opened(store), opened(store)];
    for (let i = 0; i < 100; i++) (i % 2 ? one : two).put(hex(i), i);
    await Promise.all([one.flush(), two.flush()]);
    const fresh = opened(store);
    for (let i = 0; i < 100; i++) expect((await fresh.get(hex(i)))?.answer).toBe(i);
    await fresh.clear();
    expect(await fresh.get(hex(1))).toBeUndefined();
    expect(await fresh.size()).toEqual({ entries: 0, bytes: 0 });
    one.put(hex(200), 1);
    await one.flush();
    expect((await opened(store).size()).entries).toBe(1);
  });

  test('answers from memory where nothing can be stored', async () => {
    const broken = new AnswerCache(() => Promise.reject(new Error('no disk')), limits);
    broken.put(hex(1), 'a');
    await broken.flush();
    expect((await broken.get(hex(1)))?.answer).toBe('a');
    broken.put(hex(2), 'b');
    await broken.flush();
    expect((await broken.get(hex(1)))?.answer).toBe('a');
  });
});
