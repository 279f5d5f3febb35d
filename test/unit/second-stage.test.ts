import fc from 'fast-check';
import { expect, test } from 'vitest';
import { softmax } from '../../src/decide/probability.js';
import { lookAgain, type SecondStage, toLookAt } from '../../src/decide/second-stage.js';

const stage: SecondStage = { model: 'second', best: 3, sure: 0.8, weight: 2 };
const chances = fc
  .array(fc.double({ min: -9, max: 9, noNaN: true }), { minLength: 2, maxLength: 20 })
  .map((scores) => softmax(scores, 1));

test('the best labels are looked at, where none is sure', () => {
  expect(toLookAt([0.1, 0.4, 0.2, 0.3], stage)).toEqual([1, 3, 2]);
  expect(toLookAt([0.1, 0.9], stage)).toEqual([]);
  expect(toLookAt([0.5, 0.5], stage)).toEqual([0, 1]);
});

test('the labels that were looked at share what they had, and the others keep theirs', () => {
  fc.assert(
    fc.property(chances, fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 20 }), (before, scores) => {
      const labels = toLookAt(before, { ...stage, sure: 2 });
      const after = lookAgain(before, labels, scores, stage);
      expect(after.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9);
      for (const [l, chance] of after.entries()) {
        expect(Number.isFinite(chance)).toBe(true);
        if (!labels.includes(l)) expect(chance).toBe(before[l]);
      }
    }),
  );
});

test('a second model without a preference changes nothing, and one with a preference moves towards it', () => {
  const before = [0.5, 0.3, 0.2];
  expect(lookAgain(before, [0, 1], [1, 1, 0], stage)).toEqual(before.map((chance) => expect.closeTo(chance, 9)));
  const [first = 0, second = 0] = lookAgain(before, [0, 1], [0, 1, 0], stage);
  expect(second / first).toBeCloseTo((0.3 / 0.5) * Math.exp(2), 9);
});
