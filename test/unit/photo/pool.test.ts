import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Opinion, poolExclusive, poolIndependent } from '../../../src/decide/pool.js';

const LABELS = 4;
const chances = fc
  .array(fc.double({ min: 0.001, max: 1, noNaN: true }), { minLength: LABELS, maxLength: LABELS })
  .map((raw) => raw.map((x) => x / raw.reduce((a, b) => a + b, 0)));
const opinion = fc.record<Opinion>({ chances, evidence: fc.double({ min: 0.01, max: 1, noNaN: true }) });
const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);

describe('poolExclusive', () => {
  test('one source alone says what it said', () => {
    fc.assert(
      fc.property(opinion, (only) => {
        expect(poolExclusive([only]).chances).toEqual(only.chances);
      }),
    );
  });

  test('chances sum to 1 over the labels, and shares to 1 over the sources', () => {
    fc.assert(
      fc.property(fc.array(opinion, { minLength: 2, maxLength: 6 }), (opinions) => {
        const pooled = poolExclusive(opinions);
        expect(sum(pooled.chances)).toBeCloseTo(1);
        for (let l = 0; l < LABELS; l++) expect(sum(pooled.shares.map((row) => row[l] ?? 0))).toBeCloseTo(1);
      }),
    );
  });

  test('a source that knows nothing changes nothing', () => {
    fc.assert(
      fc.property(opinion, (sure) => {
        const unsure = { chances: Array(LABELS).fill(1 / LABELS), evidence: 1 };
        const best = Math.max(...sure.chances);
        fc.pre(best > 0.4);
        poolExclusive([sure, unsure]).chances.forEach((chance, l) => {
          expect(chance).toBeCloseTo(sure.chances[l] ?? 0, 3);
        });
      }),
    );
  });

  test('sources that agree are as sure together as each is', () => {
    fc.assert(
      fc.property(opinion, fc.integer({ min: 2, max: 20 }), (one, count) => {
        const together = poolExclusive(Array(count).fill(one)).chances;
        together.forEach((chance, l) => {
          expect(chance).toBeCloseTo(one.chances[l] ?? 0);
        });
      }),
    );
  });
});

test('poolIndependent: a label fits where it fits any of the sources', () => {
  const pooled = poolIndependent([
    { chances: [0.9, 0.1], evidence: 1 },
    { chances: [0.2, 0.7], evidence: 0.1 },
  ]);
  expect(pooled.chances).toEqual([0.9, 0.7]);
  expect(pooled.shares[0]?.[0]).toBeCloseTo(0.9 / 1.1);
});
