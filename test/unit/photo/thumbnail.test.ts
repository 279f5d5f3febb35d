import fc from 'fast-check';
import { expect, test } from 'vitest';
import { thumbnail } from '../../../src/documents/picture/thumbnail.js';

const filled = (width: number, height: number, of: (x: number, y: number) => number) => {
  const rgba = new Uint8ClampedArray(4 * width * height).fill(255);
  for (let i = 0; i < width * height; i++) rgba.fill(of(i % width, Math.floor(i / width)), 4 * i, 4 * i + 3);
  return { width, height, rgba };
};
const size = fc.integer({ min: 1, max: 90 });

test('one colour stays that colour, whatever the size', () => {
  fc.assert(
    fc.property(size, size, fc.integer({ min: 0, max: 255 }), (width, height, light) => {
      const { rgba } = thumbnail(
        filled(width, height, () => light),
        24,
      );
      expect([...rgba]).toEqual([...filled(24, 24, () => light).rgba]);
    }),
  );
});

test('what is at the size already stays as it is', () => {
  const picture = filled(24, 24, (x, y) => (x * 7 + y * 13) % 256);
  expect(thumbnail(picture, 24)).toEqual(picture);
});

test('it is the square in the middle', () => {
  const wide = filled(72, 24, (x) => (x >= 24 && x < 48 ? 200 : 0));
  expect(thumbnail(wide, 24).rgba).toEqual(filled(24, 24, () => 200).rgba);
});
