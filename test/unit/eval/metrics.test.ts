import { expect, test } from 'vitest';
import { averagePrecision, calibrationError, count, f1, mean, multi, single } from '../../eval/metrics.js';

const rows = (...labels: string[][]) => labels.map((right, i) => ({ text: `text ${i}`, labels: right }));

test('mean of nothing is 0', () => {
  expect(mean([])).toBe(0);
  expect(mean([1, 2, 6])).toBe(3);
});

test('counts and F1', () => {
  const counts = count([true, true, false, false, true], [true, false, true, false, true]);
  expect(counts).toEqual({ tp: 2, fp: 1, fn: 1 });
  expect(f1(counts)).toBe(4 / 6);
  expect(f1({ tp: 0, fp: 3, fn: 0 })).toBe(0);
});

test('single-label figures', () => {
  const answers = [
    { label: 'a', confidence: 0.9 }, // right
    { label: 'b', confidence: 0.9 }, // a
    { label: 'b', confidence: 0.5 }, // right
    { label: 'c', confidence: 1 }, // b; c occurs in no row, so it has no F1 of its own
  ];
  const figures = single(rows(['a'], ['a'], ['b'], ['b']), answers);
  // a: 1 right, 1 missed -> 2/3; b: 1 right, 1 wrongly given, 1 missed -> 2/4.
  expect(figures.macro_f1).toBeCloseTo((2 / 3 + 1 / 2) / 2, 12);
  expect(figures.accuracy).toBe(0.5);
  // Bins: two at .9 with one hit, one of .5 with a hit, one of 1 (last bin, with the two) without.
  expect(figures.ece).toBeCloseTo((Math.abs(0.9 + 0.9 + 1 - 1) + Math.abs(0.5 - 1)) / 4, 12);
});

test('calibration error', () => {
  expect(calibrationError([0.25, 0.25, 0.25, 0.25], [1, 0, 0, 0])).toBe(0);
  expect(calibrationError([0, 1], [1, 0])).toBe(1);
  expect(() => calibrationError([Number.NaN], [1])).toThrow('NaN is no confidence.');
});

test('average precision', () => {
  // Right texts at ranks 1 and 3.
  expect(averagePrecision([true, false, true], [0.9, 0.8, 0.7])).toBeCloseTo((1 + 2 / 3) / 2, 12);
  // All equal: the wrong ones count as first, so the right one is third.
  expect(averagePrecision([true, false, false], [0.5, 0.5, 0.5])).toBeCloseTo(1 / 3, 12);
});

test('multi-label figures', () => {
  const tags = (scores: Record<string, number>) => ({
    labels: Object.entries(scores).map(([label, confidence]) => ({ label, confidence })),
  });
  const figures = multi(
    rows(['x', 'y'], ['x'], []),
    [tags({ x: 0.9, y: 0.5 }), tags({ y: 0.4 }), tags({ x: 0.6, z: 0.99 })],
    ['x', 'y', 'z'],
  );
  // x: scores .9 0 .6, right 1 1 0 -> ranks 1 and 3; over one half: 1 right, 1 wrong, 1 missed.
  // y: scores .5 .4 0, right 1 0 0 -> rank 1; one half itself is not above one half: 1 missed.
  // z occurs nowhere: no part of any figure.
  expect(figures.map).toBeCloseTo(((1 + 2 / 3) / 2 + 1) / 2, 12);
  expect(figures.macro_f1_at_half).toBeCloseTo((1 / 2 + 0) / 2, 12);
  expect(figures.micro_f1_at_half).toBeCloseTo(2 / (2 + 1 + 2), 12);
});
