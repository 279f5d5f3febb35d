import { median } from '../median.js';
import { lines, type Segment } from './segments.js';

/** A place where a page may be cut from top to bottom, and the lines for which it holds. */
interface Gutter {
  readonly at: number;
  /** The first line, and the one after the last. */
  readonly from: number;
  readonly to: number;
  /** Lines with something on both sides. */
  readonly both: number;
}

/** Lines that make a column, and how wide they usually are, in font heights: fewer or narrower ones are a table. */
const LINES = 3;
const WIDE = 7;
/** A page of more pieces is no page of text, and would take long. */
const MOST = 4000;

/** Segments in reading order, as blocks: column by column where the page has columns, else line by line. */
export function blocks(segments: readonly Segment[]): Segment[][] {
  const rows = lines(segments.toSorted((a, b) => a.baseline - b.baseline));
  return segments.length > MOST ? [rows.flat()] : split(rows);
}

function split(rows: readonly Segment[][]): Segment[][] {
  const gutter = widest(rows);
  if (!gutter) return rows.length > 0 ? [rows.flat()] : [];
  const { at, from, to } = gutter;
  const within = rows.slice(from, to);
  const half = (fits: (segment: Segment) => boolean) =>
    within.map((row) => row.filter(fits)).filter((row) => row.length > 0);
  const [left, right] = [half((s) => s.right <= at), half((s) => s.right > at)];
  const sides = within.flat().every(({ rightToLeft }) => rightToLeft) ? [right, left] : [left, right];
  return [...split(rows.slice(0, from)), ...sides.flatMap(split), ...split(rows.slice(to))];
}

/** The gutter that divides most lines and, of those, goes past most. */
function widest(rows: readonly Segment[][]): Gutter | undefined {
  if (rows.length < LINES) return undefined;
  // Where a column begins: a line to the left of it may come close, and must not be cut off.
  const starts = rows.flatMap((row) => row.toSorted((a, b) => a.left - b.left).slice(1));
  let best: Gutter | undefined;
  for (const at of new Set(starts.map(({ left }) => left))) {
    for (const gutter of runs(rows, at)) {
      if (gutter.both >= LINES && isBetter(gutter, best) && isProse(rows, gutter)) best = gutter;
    }
  }
  return best;
}

const isBetter = (one: Gutter, best: Gutter | undefined): boolean =>
  !best || one.both > best.both || (one.both === best.both && one.to - one.from > best.to - best.from);

/** Stretches of lines that a vertical line does not cross. */
function runs(rows: readonly Segment[][], at: number): Gutter[] {
  const found: Gutter[] = [];
  let from = 0;
  let both = 0;
  for (let i = 0; i <= rows.length; i++) {
    const row = rows[i];
    const crossed = row?.some(({ left, right }) => left < at && right > at) ?? true;
    if (crossed) {
      if (both > 0) found.push({ at, from, to: i, both });
      from = i + 1;
      both = 0;
    } else if (row?.some(({ right }) => right <= at) && row.some(({ left }) => left >= at)) both++;
  }
  return found;
}

function isProse(rows: readonly Segment[][], { at, from, to }: Gutter): boolean {
  const within = rows.slice(from, to).flat();
  return [within.filter(({ right }) => right <= at), within.filter(({ right }) => right > at)].every((side) => {
    const widths = side.map(({ left, right, size }) => (right - left) / size);
    return side.length >= LINES && median(widths) >= WIDE;
  });
}
