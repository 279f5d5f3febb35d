import { expect, test } from 'vitest';
import { type Pooled, pool, pooledError } from '../../eval/pool.js';

const even = (confidence: number, hit: number): Pooled => ({ confidence, hit, weight: 1 });

test('the answers of a set weigh 1 together', () => {
  const rows = ['a', 'b'].map((label) => ({ text: label, labels: [label] }));
  const answers = pool('set', rows, [
    { label: 'a', confidence: 0.7 },
    { label: 'a', confidence: 0.6 },
  ]);
  expect(answers).toEqual([
    { confidence: 0.7, hit: 1, weight: 0.5 },
    { confidence: 0.6, hit: 0, weight: 0.5 },
  ]);
});

test.each([1.5, -0.1, Number.NaN, undefined])('confidence %s is refused', (confidence) => {
  expect(() => pool('set', [{ text: '', labels: ['a'] }], [{ label: 'a', confidence }])).toThrow('set: confidence');
});

test('no answers, no error', () => {
  expect(pooledError([])).toBeNull();
});

test('fifteen answers fill a bin each', () => {
  const answers = Array.from({ length: 15 }, (_, i) => even(i / 20, i % 2));
  const apart = answers.map(({ confidence, hit }) => Math.abs(confidence - hit));
  expect(pooledError(answers)).toBeCloseTo(apart.reduce((a, b) => a + b, 0) / 15, 12);
});

test('thirty answers fill the bins in pairs, by order of confidence', () => {
  // Each pair at one confidence has one hit: |2c − 1| a pair.
  const pairs = Array.from({ length: 15 }, (_, i) => i / 15);
  const answers = [...pairs.map((c) => even(c, 1)), ...pairs.toReversed().map((c) => even(c, 0))];
  const apart = pairs.map((c) => Math.abs(2 * c - 1));
  expect(pooledError(answers)).toBeCloseTo(apart.reduce((a, b) => a + b, 0) / 30, 12);
});
