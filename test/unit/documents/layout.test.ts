import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Fragment } from '../../../src/documents/pdf/fragments.js';
import { joinLines } from '../../../src/documents/pdf/hyphens.js';
import { layOut } from '../../../src/documents/pdf/layout.js';
import { tidy } from '../../../src/documents/tidy.js';

const word = fc.stringMatching(/^[a-z]{4,9}$/);
const place = (text: string, left: number, baseline: number, rightToLeft = false): Fragment => ({
  text,
  left,
  right: left + 5 * text.length,
  baseline,
  size: 10,
  rightToLeft,
  level: true,
});

/** Prose in columns: words a line, lines a column, columns a page. */
const page = fc.array(fc.array(fc.array(word, { minLength: 4, maxLength: 4 }), { minLength: 3, maxLength: 12 }), {
  minLength: 1,
  maxLength: 3,
});

test('columns are read one after the other, in whatever order their words are drawn', () => {
  fc.assert(
    fc.property(page, fc.infiniteStream(fc.nat()), (columns, order) => {
      const fragments = columns.flatMap((column, c) =>
        column.flatMap((line, y) => {
          let left = 50 + 260 * c;
          return line.map((text) => {
            const fragment = place(text, left, 100 + 14 * y);
            left = fragment.right + 3;
            return fragment;
          });
        }),
      );
      const shuffled = fragments.map((one) => ({ one, at: order.next().value })).sort((a, b) => a.at - b.at);
      const read = layOut(shuffled.map(({ one }) => one));
      expect(read.split(/\s+/)).toEqual(columns.flat(2));
    }),
  );
});

test('nothing is lost, wherever it stands', () => {
  const anywhere = fc.record({ text: word, x: fc.integer({ min: 0, max: 600 }), y: fc.integer({ min: 0, max: 800 }) });
  fc.assert(
    fc.property(fc.array(anywhere, { maxLength: 60 }), (pieces) => {
      const letters = (text: string) => [...text.replace(/\s/g, '')].sort().join('');
      const read = layOut(pieces.map(({ text, x, y }) => place(text, x, y)));
      expect(letters(read)).toBe(letters(pieces.map(({ text }) => text).join('')));
    }),
  );
});

test('a line from right to left begins at the right', () => {
  expect(layOut([place('אחת', 200, 100, true), place('שתיים', 100, 100, true)])).toBe('אחת שתיים');
});

test('a word broken at any place is whole again', () => {
  fc.assert(
    fc.property(word, fc.integer({ min: 1, max: 3 }), fc.constantFrom('-', '\u00ad', '\u2010'), (whole, at, hyphen) => {
      expect(joinLines([`so ${whole.slice(0, at)}${hyphen}`, `${whole.slice(at)} it is`])).toBe(`so ${whole} it is`);
    }),
  );
  expect(joinLines(['1990-', '2000 and', 'x -', 'y'])).toBe('1990-\n2000 and\nx -\ny');
});

test('tidy text stays as it is, and has no controls', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const once = tidy(text);
      expect(tidy(once)).toBe(once);
      expect(once).not.toMatch(/[^\P{Cc}\n]|\p{Co}|\n{3}/u);
    }),
  );
});
