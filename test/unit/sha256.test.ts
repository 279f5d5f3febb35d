import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sha256 } from '../../src/contract/digest.js';
import { RunningSha256 } from '../../src/contract/running-sha256.js';
import { sha256Now } from '../../src/contract/sha256.js';

const wanted = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

test('it is Node’s, for any bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      expect(Buffer.from(sha256Now(bytes)).toString('hex')).toBe(wanted(bytes));
    }),
    { numRuns: 500 },
  );
});

test('and around the length where Web Crypto takes over', async () => {
  for (const length of [0, 55, 56, 64, 16_383, 16_384, 100_000]) {
    const bytes = new Uint8Array(length).fill(7);
    expect(await sha256(bytes)).toBe(wanted(bytes));
    expect(Buffer.from(sha256Now(bytes)).toString('hex')).toBe(wanted(bytes));
  }
  expect(await sha256('grüß')).toBe(wanted(new TextEncoder().encode('grüß')));
});

test('and in pieces, wherever they are cut', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 8 }), (pieces) => {
      const hash = new RunningSha256();
      for (const piece of pieces) hash.add(piece);
      expect(hash.end()).toBe(wanted(Buffer.concat(pieces)));
    }),
    { numRuns: 500 },
  );
});
