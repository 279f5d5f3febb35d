import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LogEntry } from '../../src/service/account/entry.js';
import { count, type Histogram, percentile, sum } from '../../src/service/account/histogram.js';
import { addLogs, readLogs } from '../../src/service/account/logs.js';
import { addUsage, readUsage } from '../../src/service/account/usage.js';
import { MemoryStore } from '../../src/store/memory/store.js';

const values = fc.array(fc.double({ min: 0.01, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 50 });
const counted = (list: readonly number[]) => list.reduce<Histogram>((all, value) => count(all, value), {});

test('a percentile is within 5 percent of the exact one', () => {
  fc.assert(
    fc.property(values, fc.double({ min: 0.01, max: 1, noNaN: true }), (list, share) => {
      const exact = [...list].sort((a, b) => a - b)[Math.ceil(share * list.length) - 1] ?? 0;
      const found = percentile(counted(list), share) ?? 0;
      expect(Math.abs(found / exact - 1)).toBeLessThan(0.06);
    }),
  );
  expect(percentile({}, 0.5)).toBeNull();
});

test('counting apart and adding is counting together', () => {
  fc.assert(
    fc.property(values, values, (one, other) => {
      expect(sum(counted(one), counted(other))).toEqual(counted([...one, ...other]));
    }),
  );
});

const entry = (i: number): LogEntry => ({
  request_id: `req_${i}`,
  created_at: '2026-01-31T12:00:00.000Z',
  endpoint: '/v1/classify',
  model: 'fake',
  status: 200,
  error_code: null,
  texts: 1,
  tokens: 10,
  cache_hits: 0,
  latency_ms: 5,
  key_id: null,
});

test('a log of any length is paged through whole, and kept to its bound', async () => {
  const store = new MemoryStore();
  let written = 0;
  for (const size of [1, 199, 1, 450, 7, 12_000]) {
    await addLogs(
      store,
      Array.from({ length: size }, () => entry(written++)),
    );
  }
  const seen: string[] = [];
  for (let before: string | undefined; ; ) {
    const page = await readLogs(store, { limit: 173, before });
    seen.push(...page.logs.map(({ request_id }) => request_id));
    if (page.next === null) break;
    before = page.next;
  }
  expect(seen.length).toBeGreaterThan(9800);
  expect(seen.length).toBeLessThanOrEqual(10_000);
  expect(seen).toEqual(seen.map((_, i) => `req_${written - 1 - i}`));
});

test('a log of long entries is kept in short records, and to its bound in characters', async () => {
  const store = new MemoryStore();
  const long = 'x'.repeat(300_000);
  const all = Array.from({ length: 400 }, (_, i) => ({ ...entry(i), inputs: [long] }));
  for (const size of [1, 2, 3, 394]) await addLogs(store, all.splice(0, size));
  const records = await Promise.all((await store.keys('logs')).map((name) => store.get('logs', name)));
  expect(records.length).toBe(50);
  expect(Math.max(...records.map((record) => JSON.stringify(record).length))).toBeLessThan(1_000_010);
  const page = await readLogs(store, { limit: 200 });
  expect(page.logs.map(({ request_id }) => request_id)).toEqual(['req_399', 'req_398', 'req_397', 'req_396']);
  const next = await readLogs(store, { limit: 1, before: page.next ?? '' });
  expect(next.logs).toMatchObject([{ request_id: 'req_395' }]);
});

test('a day’s use adds up over any number of writers', async () => {
  const store = new MemoryStore();
  await Promise.all(Array.from({ length: 20 }, (_, i) => addUsage(store, [entry(i), entry(i)])));
  await addUsage(store, [{ ...entry(0), created_at: '2026-02-01T00:00:00.000Z', error_code: 'TIMEOUT' }]);
  const { days } = await readUsage(store);
  expect(days).toMatchObject([
    { date: '2026-01-31', requests: 40, errors: 0, tokens: 400 },
    { date: '2026-02-01', requests: 1, errors: 1, tokens: 0, latency_ms: { p50: null } },
  ]);
  expect((await readUsage(store, { from: '2026-02-01' })).days).toHaveLength(1);
});
