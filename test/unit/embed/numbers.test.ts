import { expect, test } from 'vitest';
import { Numbers } from '../../../src/engines/embed/numbers.js';

test.for([0, 1, 64, 65, 65_536, 65_537, 200_000])('%i numbers come back in their order', (count) => {
  const numbers = new Numbers();
  for (let n = 0; n < count; n++) numbers.push(n * 3);
  expect(numbers).toHaveLength(count);
  const all = numbers.joined();
  expect(all).toHaveLength(count);
  expect(all.findIndex((value, n) => value !== n * 3)).toBe(-1);
});
