import type { Fragment } from './fragments.js';

/** Neighbouring fragments of one line: what stands between two wide gaps. */
export interface Segment {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly baseline: number;
  readonly size: number;
  readonly rightToLeft: boolean;
}

/** Gaps, in font heights: above the first a blank is between two fragments, above the second they are two segments. */
const BLANK = 0.15;
const APART = 1.2;

/** Joins the fragments of a page to segments, line by line from the top. */
export function segments(fragments: readonly Fragment[]): Segment[] {
  const seen = fragments.filter(({ level, text }) => level && text.trim() !== '');
  return lines(seen.toSorted((a, b) => a.baseline - b.baseline)).flatMap(cut);
}

/** Puts things into rows by their baselines; the things come from the top down. */
export function lines<Thing extends { baseline: number; size: number }>(sorted: readonly Thing[]): Thing[][] {
  const rows: Thing[][] = [];
  let base = Number.NEGATIVE_INFINITY;
  for (const thing of sorted) {
    const row = rows.at(-1);
    const size = Math.max(thing.size, row?.[0]?.size ?? 0);
    if (row && thing.baseline - base <= 0.4 * size) row.push(thing);
    else {
      rows.push([thing]);
      base = thing.baseline;
    }
  }
  return rows;
}

function cut(row: readonly Fragment[]): Segment[] {
  const found: Segment[] = [];
  for (const fragment of row.toSorted((a, b) => a.left - b.left)) {
    const last = found.at(-1);
    const gap = last ? (fragment.left - last.right) / Math.max(1, Math.min(fragment.size, last.size)) : APART;
    if (last && gap < APART) found[found.length - 1] = join(last, fragment, gap > BLANK ? ' ' : '');
    else found.push(fragment);
  }
  return found;
}

function join(a: Segment, b: Segment, blank: string): Segment {
  const rightToLeft = a.rightToLeft && b.rightToLeft;
  return {
    text: rightToLeft ? `${b.text}${blank}${a.text}` : `${a.text}${blank}${b.text}`,
    left: Math.min(a.left, b.left),
    right: Math.max(a.right, b.right),
    baseline: a.baseline,
    size: Math.max(a.size, b.size),
    rightToLeft,
  };
}
