import { expect, test } from 'vitest';
import { random, sample } from '../../eval/sample.js';

// Made by an independent implementation with 32-bit masks in Python.
test.each([
  ['', [0.41696262010373175, 0.9287681325804442, 0.7078936931211501]],
  ['weather', [0.5058458615094423, 0.04636183404363692, 0.02271328424103558]],
  ['näher 🌧', [0.22047685948200524, 0.1523180769290775, 0.6434865049086511]],
])('numbers of seed %j', (seed, expected) => {
  const draw = random(seed);
  expect([draw(), draw(), draw()]).toEqual(expected);
});

test('a sample is the beginning of one fixed shuffle', () => {
  const rows = [...'abcdefgh'];
  expect(sample(rows, 8, 'weather').join('')).toBe('bdhfcgae');
  expect(sample(rows, 3, 'weather').join('')).toBe('bdh');
  expect(sample(rows, 100, 'weather')).toHaveLength(8);
  expect(rows.join('')).toBe('abcdefgh');
});
