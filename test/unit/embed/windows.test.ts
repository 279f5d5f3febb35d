import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cut, group, spread } from '../../../src/engines/embed/windows.js';

describe('cut', () => {
  test('reads every token once as fresh, in windows that fit and overlap', () => {
    fc.assert(
      fc.property(fc.nat(5000), fc.integer({ min: 40, max: 300 }), fc.nat(39), (length, size, overlap) => {
        const windows = cut(7, length, size, overlap);
        const fresh = windows.flatMap(({ end, fresh }) => Array.from({ length: fresh }, (_, i) => end - fresh + i));
        expect(fresh).toEqual(Array.from({ length }, (_, i) => i));
        for (const [i, { text, start, end, fresh: count }] of windows.entries()) {
          expect(text).toBe(7);
          expect(end - start).toBeLessThanOrEqual(size);
          if (i > 0) expect(end - count - start).toBe(overlap);
        }
      }),
    );
  });

  test('gives a text without tokens one empty window', () => {
    expect(cut(0, 0, 254, 32)).toEqual([{ text: 0, start: 0, end: 0, fresh: 0 }]);
  });
});

describe('spread', () => {
  test('keeps every item, and each beginning is spread evenly', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), (count) => {
        const items = Array.from({ length: count }, (_, i) => i);
        const order = spread(items);
        expect(order.toSorted((a, b) => a - b)).toEqual(items);
        expect(order[0]).toBe(0);
      }),
    );
    expect(spread([0, 1, 2, 3, 4, 5, 6, 7])).toEqual([0, 4, 2, 6, 1, 5, 3, 7]);
  });
});

describe('group', () => {
  test('keeps the order and stays within the budget, save for a window that alone exceeds it', () => {
    const lengths = fc.array(fc.nat(254), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(lengths, fc.integer({ min: 64, max: 2048 }), (list, budget) => {
        const windows = list.map((length, text) => ({ text, start: 0, end: length, fresh: length }));
        const groups = group(windows, ({ end }) => end + 2, budget);
        expect(groups.flat()).toEqual(windows);
        for (const one of groups) {
          const padded = one.length * Math.max(...one.map(({ end }) => end + 2));
          expect(padded <= budget || one.length === 1).toBe(true);
        }
      }),
    );
  });
});
