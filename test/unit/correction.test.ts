import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { correct, fitCorrection, type Shown } from '../../src/decide/correction.js';
import { normalise } from '../../src/decide/prototype.js';
import { type Matrix, ridgeRegression } from '../../src/decide/ridge.js';

const constants = { ridge: 1, prior: 1, sharpness: 10, doubt: 0.25, power: 0, label_weight: 3 };
const LABELS = 3;
const DEPTH = 4;
const number = fc.double({ min: -1, max: 1, noNaN: true });
const vector = fc
  .array(number, { minLength: DEPTH, maxLength: DEPTH })
  .filter((values) => Math.hypot(...values) > 0.1)
  .map((values) => normalise(Float32Array.from(values)));
const chances = fc
  .array(fc.double({ min: 0.01, max: 1, noNaN: true }), { minLength: LABELS, maxLength: LABELS })
  .map((values) => values.map((value) => value / values.reduce((a, b) => a + b, 0)));
const shown: fc.Arbitrary<Shown> = fc.record({
  vector,
  labels: fc.uniqueArray(fc.nat(LABELS - 1), { minLength: 1, maxLength: LABELS }),
  chances,
});
const examples = fc.array(shown, { minLength: 1, maxLength: 12 });
const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
const towards = (index: number) => Float32Array.from({ length: DEPTH }, (_, i) => (i === index ? 1 : 0));

describe('ridge regression', () => {
  const matrix = (rows: number, columns: number): fc.Arbitrary<Matrix> =>
    fc
      .array(number, { minLength: rows * columns, maxLength: rows * columns })
      .map((values) => ({ rows, columns, values: Float64Array.from(values) }));
  const sizes = fc.record({ n: fc.integer({ min: 1, max: 8 }), inputs: fc.integer({ min: 1, max: 8 }) });

  test('meets the normal equations, with more rows than columns and with fewer', () => {
    fc.assert(
      fc.property(
        sizes.chain(({ n, inputs }) => fc.tuple(matrix(n, inputs), matrix(n, 2))),
        fc.double({ min: 0.1, max: 5, noNaN: true }),
        ([x, y], ridge) => {
          const w = ridgeRegression(x, y, ridge).weights;
          // Xᵀ(X·Wᵀ − Y) + ridge·Wᵀ = 0
          for (let output = 0; output < 2; output++) {
            for (let input = 0; input < x.columns; input++) {
              let slope = ridge * (w.values[output * x.columns + input] ?? 0);
              for (let n = 0; n < x.rows; n++) {
                let residual = -(y.values[n * 2 + output] ?? 0);
                for (let i = 0; i < x.columns; i++) {
                  residual += (x.values[n * x.columns + i] ?? 0) * (w.values[output * x.columns + i] ?? 0);
                }
                slope += (x.values[n * x.columns + input] ?? 0) * residual;
              }
              expect(slope).toBeCloseTo(0, 8);
            }
          }
        },
      ),
    );
  });
});

describe('a correction', () => {
  test('leaves chances that are chances', () => {
    fc.assert(
      fc.property(examples, chances, vector, (given, before, at) => {
        const after = correct(before, at, fitCorrection(given, LABELS, constants));
        expect(sum(after)).toBeCloseTo(1, 6);
        expect(Math.min(...after)).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  test('does not depend on the order of the examples', () => {
    fc.assert(
      fc.property(examples, chances, vector, (given, before, at) => {
        const [forth, back] = [given, given.toReversed()].map((order) =>
          correct(before, at, fitCorrection(order, LABELS, constants)),
        );
        back?.forEach((chance, l) => {
          expect(chance).toBeCloseTo(forth?.[l] ?? 0, 6);
        });
      }),
    );
  });

  test('changes nothing where the examples were answered right', () => {
    const sure = [0, 1, 2].map((l) => ({ vector: towards(l), labels: [l], chances: [0, 1, 2].map((k) => +(k === l)) }));
    expect(correct([0.2, 0.5, 0.3], towards(1), fitCorrection(sure, LABELS, constants))).toEqual([
      expect.closeTo(0.2),
      expect.closeTo(0.5),
      expect.closeTo(0.3),
    ]);
  });

  test('raises the label that stands under texts like this one', () => {
    const even = [1 / 3, 1 / 3, 1 / 3];
    const given = [0, 1, 2].map((l) => ({ vector: towards(l), labels: [l], chances: even }));
    const correction = fitCorrection(given, LABELS, constants);
    for (const l of [0, 1, 2]) {
      const after = correct(even, towards(l), correction);
      expect(after.indexOf(Math.max(...after))).toBe(l);
    }
  });

  test('teaches nothing when texts of one kind stand under every label', () => {
    const even = [1 / 3, 1 / 3, 1 / 3];
    const given = [0, 1, 2].map((l) => ({ vector: towards(0), labels: [l], chances: even }));
    const after = correct(even, towards(0), fitCorrection(given, LABELS, constants));
    for (const chance of after) expect(chance).toBeCloseTo(1 / 3);
  });

  test('is believed most about an example itself', () => {
    fc.assert(
      fc.property(vector, chances, fc.nat(LABELS - 1), (at, before, label) => {
        const after = correct(
          before,
          at,
          fitCorrection([{ vector: at, labels: [label], chances: before }], LABELS, constants),
        );
        expect(after[label]).toBeCloseTo((before[label] ?? 0) + (1 - (before[label] ?? 0)) / 1.25, 5);
      }),
    );
  });

  test('does not favour a label for being the only one with examples', () => {
    const even = [1 / 3, 1 / 3, 1 / 3];
    const given = [{ vector: towards(0), labels: [0], chances: even }];
    const after = correct(even, towards(3), fitCorrection(given, LABELS, constants));
    for (const chance of after) expect(chance).toBeCloseTo(1 / 3, 3);
  });

  describe('from four examples of every label on', () => {
    // Texts of a label lie in its direction, and a little in one of their own.
    const kind = (label: number, own: number, share: number) =>
      normalise(Float32Array.from({ length: 16 }, (_, i) => (i === label ? 1 : 0) + (i === 3 + own ? share : 0)));
    const even = [1 / 3, 1 / 3, 1 / 3];
    const draw = (label: (n: number) => number) =>
      Array.from({ length: 12 }, (_, n) => ({ vector: kind(n % 3, n, 1), labels: [label(n)], chances: even }));
    const expected = { ...constants, power: 0.4 };

    test('examples that bear each other out are believed, and make answers surer', () => {
      const correction = fitCorrection(
        draw((n) => n % 3),
        LABELS,
        expected,
      );
      expect(correction.trust).toBe(1);
      expect(correction.power).toBeGreaterThan(1.4);
      const [first = 0] = correct(even, kind(0, 12, 1), correction);
      expect(first).toBeGreaterThan(0.8);
    });

    test('examples that contradict each other change little', () => {
      // Texts of every kind stand under every label.
      const correction = fitCorrection(
        draw((n) => Math.floor(n / 4)),
        LABELS,
        expected,
      );
      expect(correction.trust).toBeLessThan(0.3);
      for (const chance of correct(even, kind(0, 12, 1), correction)) expect(chance).toBeCloseTo(1 / 3, 1);
    });
  });
});
