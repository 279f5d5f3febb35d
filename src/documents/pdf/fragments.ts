import type { PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { documentFailure } from '../../contract/file.js';
import { type Matrix, multiply } from './matrix.js';

/** A piece of text on a page; points from the top left corner of the page as it is seen. */
export interface Fragment {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly baseline: number;
  /** Height of the font. */
  readonly size: number;
  /** Whether it is read from right to left. */
  readonly rightToLeft: boolean;
  /** Whether it runs as lines usually do, not up or down the page. */
  readonly level: boolean;
}

/** Characters of one page; a book has 3,000. */
const MOST = 2_000_000;
/** Pieces of text of one page, some of which are single letters: more take longer to read than anybody waits. */
const PIECES = 100_000;

/** The text of a page as it is drawn, in the order in which it is drawn. */
export async function pageFragments(page: PDFPageProxy): Promise<Fragment[]> {
  const { transform } = page.getViewport({ scale: 1 });
  const fragments: Fragment[] = [];
  let length = 0;
  const reader = page.streamTextContent().getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    for (const item of next.value.items) {
      if (!('str' in item) || item.str === '') continue;
      length += item.str.length;
      const much = length > MOST ? `${MOST} characters` : fragments.length >= PIECES && `${PIECES} pieces of text`;
      if (much) {
        await reader.cancel(new Error('too much text')).catch(() => undefined);
        throw documentFailure('too_large', `Page ${page.pageNumber} has more than ${much}.`);
      }
      fragments.push(place(item, transform as unknown as Matrix));
    }
  }
  return fragments;
}

function place(item: { str: string; dir: string; width: number; transform: number[] }, view: Matrix): Fragment {
  const [a, b, c, d, x, y] = multiply(view, item.transform as unknown as Matrix);
  const scale = Math.hypot(view[0], view[1]);
  const width = finite(item.width) * scale;
  return {
    text: item.str,
    left: finite(x),
    right: finite(x) + width,
    baseline: finite(y),
    size: Math.max(1, finite(Math.hypot(c, d))),
    rightToLeft: item.dir === 'rtl',
    level: a > 0 && Math.abs(b) < 0.2 * a,
  };
}

const finite = (value: number): number => (Number.isFinite(value) ? value : 0);
