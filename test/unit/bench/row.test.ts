import { expect, test } from 'vitest';
import { CATALOGUE } from '../../bench/catalogue.js';
import { interleave, median } from '../../bench/interleave.js';
import { toRow } from '../../bench/row.js';
import { table } from '../../bench/table.js';

test('median', () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 2, 3])).toBe(2.5);
  expect(median([])).toBeNaN();
});

test('tasks take turns there and back, and warm rounds do not count', async () => {
  const seen: string[] = [];
  const note = (name: string) => async (round: number) => seen.push(`${name}${round}`);
  const times = await interleave({ warm: 1, rounds: 2 }, { a: note('a'), b: note('b') });
  expect(seen).toEqual(['a0', 'b0', 'b1', 'a1', 'a2', 'b2']);
  expect(Object.keys(times)).toEqual(['a', 'b']);
  expect(times.a).toBeGreaterThanOrEqual(0);
});

test('names are told apart', () => {
  expect(new Set(CATALOGUE.map(({ name }) => name)).size).toBe(CATALOGUE.length);
});

test.each([
  ['single-10', 12.345, { ratio: 12.3, goal: '≥ 10', met: true, unit: '× as fast' }],
  ['single-10', 9.999, { ratio: 10, goal: '≥ 10', met: false }],
  ['native-1t', 3.3, { ratio: 3.3, goal: '≤ 3.3', met: true, unit: '× its time' }],
  ['pool-2', 2, { ratio: 2, goal: null, met: null }],
] as const)('%s at %d', (name, ratio, expected) => {
  expect(toRow({ name, where: 'Node', ratio, figures: {} })).toMatchObject(expected);
});

test('a ratio that was not measured meets nothing and misses nothing', () => {
  const figures = { a_ms: 1.234, b_ms: 1234.4 };
  const row = toRow({ name: 'native-1t', where: 'Node', ratio: Number.NaN, figures, note: 'why' });
  expect(row).toMatchObject({
    ratio: null,
    goal: '≤ 3.3',
    met: null,
    figures: { a_ms: 1.23, b_ms: 1234 },
    note: 'why',
  });
  const about = { date: '2026-01-02', machine: 'a', load: 0.5, versions: { b: '1.2' } };
  const text = table([row], about);
  expect(text).toContain('native-1t, Node: a_ms 1.23, b_ms 1,234, why');
  expect(text).toContain('2026-01-02, a, load 0.5, b 1.2');
});

test('a row that is not in the catalogue is a mistake', () => {
  expect(() => toRow({ name: 'single-11', where: 'Node', ratio: 1, figures: {} })).toThrow('single-11');
});
