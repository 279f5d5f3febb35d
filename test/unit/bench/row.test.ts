import { expect, test } from 'vitest';
import { interleave, median } from '../../bench/interleave.js';
import { table, toRow } from '../../bench/row.js';

test('median', () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 2, 3])).toBe(2.5);
  expect(median([])).toBeNaN();
});

test('tasks take turns, and warm rounds do not count', async () => {
  const seen: string[] = [];
  const note = (name: string) => async (round: number) => seen.push(`${name}${round}`);
  const times = await interleave({ warm: 1, rounds: 2 }, { a: note('a'), b: note('b') });
  expect(seen).toEqual(['a0', 'b0', 'a1', 'b1', 'a2', 'b2']);
  expect(Object.keys(times)).toEqual(['a', 'b']);
  expect(times.a).toBeGreaterThanOrEqual(0);
});

test.each([
  [12.345, { at: 'least', value: 10 }, { ratio: 12.3, goal: '≥ 10', met: true }],
  [9.999, { at: 'least', value: 10 }, { ratio: 10, goal: '≥ 10', met: false }],
  [3.3, { at: 'most', value: 3.3 }, { ratio: 3.3, goal: '≤ 3.3', met: true }],
] as const)('%d against %o', (ratio, goal, expected) => {
  expect(toRow({ name: 'n', what: 'w', ratio, goal, figures: {} })).toMatchObject(expected);
});

test('a ratio that was not measured meets nothing and misses nothing', () => {
  const row = toRow({
    name: 'n',
    what: 'w',
    goal: { at: 'most', value: 1 },
    figures: { a: 1.234, b: 123.4 },
    note: 'why',
  });
  expect(row).toMatchObject({ ratio: null, goal: '≤ 1', met: null, figures: { a: 1.23, b: 123 }, note: 'why' });
  expect(table([row])).toContain('n: a 1.23, b 123, why');
});
