import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { OnlineAttention } from '../../../src/engines/embed/attention.js';
import { EvidenceStore } from '../../../src/engines/embed/evidence.js';
import type { Attended } from '../../../src/engines/embed/head.js';

const number = fc.double({ min: -40, max: 40, noNaN: true });
/** Attention and value of some tokens for two labels. */
const tokens = fc.array(fc.tuple(number, number, number, number), { minLength: 1, maxLength: 60 });
const attended = (rows: [number, number, number, number][]): Attended => ({
  attention: Float32Array.from(rows.flatMap((row) => row.slice(0, 2))),
  value: Float32Array.from(rows.flatMap((row) => row.slice(2))),
});
const direct = (rows: [number, number, number, number][], label: 0 | 1) => {
  const e = rows.map((row) => Math.fround(row[label]));
  const weights = e.map((x) => Math.exp(x - Math.max(...e)));
  const total = weights.reduce((a, b) => a + b, 0);
  const value = rows.reduce((sum, row, i) => sum + ((weights[i] ?? 0) / total) * Math.fround(row[label + 2] ?? 0), 0);
  return { value, weights: weights.map((w) => w / total) };
};

describe('OnlineAttention', () => {
  test('equals a softmax over all tokens, wherever the windows are cut', () => {
    fc.assert(
      fc.property(tokens, fc.nat(), (rows, at) => {
        const middle = at % (rows.length + 1);
        const online = new OnlineAttention(2);
        online.add(attended(rows), middle, rows.length);
        online.add(attended(rows), 0, middle);
        for (const label of [0, 1] as const) expect(online.value(label)).toBeCloseTo(direct(rows, label).value, 6);
      }),
    );
  });

  test('is 0 where no token came, and never NaN', () => {
    const online = new OnlineAttention(1);
    expect(online.value(0)).toBe(0);
    online.add({ attention: new Float32Array(0), value: new Float32Array(0) }, 0, 0);
    expect(online.value(0)).toBe(0);
    expect(online.logMass(0)).toBe(Number.NEGATIVE_INFINITY);
  });
});

describe('EvidenceStore', () => {
  test('weighs passages by their share of attention, wherever the windows are cut', () => {
    fc.assert(
      fc.property(tokens, fc.nat(), fc.nat(), (rows, a, b) => {
        const length = rows.length;
        const border = a % (length + 1);
        const middle = b % (length + 1);
        const spans = [
          { from: 0, to: border, start: 0, end: border },
          { from: border, to: length, start: border, end: length },
        ].filter(({ from, to }) => to > from);
        const store = new EvidenceStore(spans, 2);
        store.add(attended(rows), 0, middle, 0);
        store.add(attended(rows.slice(middle)), middle, length, 0);
        for (const label of [0, 1] as const) {
          const { weights } = direct(rows, label);
          const best = store.best(label);
          expect(best.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 6);
          for (const { start, end, weight } of best) {
            expect(weight).toBeCloseTo(
              weights.slice(start, end).reduce((x, y) => x + y, 0),
              4,
            );
          }
        }
      }),
    );
  });
});
