import { expect, test } from 'vitest';
import { divide } from '../../src/client/machine.js';

const CASES = [
  { cores: 1, memory: 4, threads: false, gives: { concurrency: 1, threads: 1 } },
  { cores: 2, memory: 8, threads: true, gives: { concurrency: 1, threads: 2 } },
  { cores: 4, memory: 8, threads: false, gives: { concurrency: 2, threads: 1 } },
  { cores: 4, memory: 2, threads: false, gives: { concurrency: 1, threads: 1 } },
  { cores: 8, memory: 8, threads: false, gives: { concurrency: 4, threads: 1 } },
  { cores: 8, memory: 16, threads: true, gives: { concurrency: 1, threads: 4 } },
  { cores: 16, memory: 16, threads: true, gives: { concurrency: 2, threads: 4 } },
  { cores: 64, memory: 256, threads: true, gives: { concurrency: 4, threads: 4 } },
  { cores: 8, memory: 16, threads: true, wanted: { concurrency: 4 }, gives: { concurrency: 4, threads: 2 } },
  { cores: 2, memory: 4, threads: true, wanted: { concurrency: 8 }, gives: { concurrency: 8, threads: 1 } },
  { cores: 8, memory: 16, threads: true, wanted: { threads: 1 }, gives: { concurrency: 4, threads: 1 } },
  { cores: 2, memory: 4, threads: false, wanted: { threads: 3 }, gives: { concurrency: 1, threads: 3 } },
];

test.for(CASES)(
  '$cores cores, $memory GB, threads: $threads, wanted: $wanted',
  ({ wanted = {}, gives, ...machine }) => {
    expect(divide(machine, wanted)).toEqual(gives);
  },
);
