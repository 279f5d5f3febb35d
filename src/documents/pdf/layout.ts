import { blocks } from './columns.js';
import type { Fragment } from './fragments.js';
import { joinLines } from './hyphens.js';
import { lines, type Segment, segments } from './segments.js';

/** Baselines further apart than this many font heights are of two paragraphs. */
const PARAGRAPH = 1.9;

/** The fragments of a page as text in reading order; what runs up or down the page comes last. */
export function layOut(fragments: readonly Fragment[]): string {
  const tilted = fragments.filter(({ level }) => !level).map(({ text }) => text);
  return [...blocks(segments(fragments)).map(block), tilted.join(' ')]
    .filter((text) => text.trim() !== '')
    .join('\n\n');
}

function block(found: readonly Segment[]): string {
  const rows = lines(found.toSorted((a, b) => a.baseline - b.baseline));
  const texts: string[] = [];
  let last: Segment | undefined;
  for (const row of rows) {
    const first = row[0] as Segment;
    if (last && first.baseline - last.baseline > PARAGRAPH * Math.max(first.size, last.size)) texts.push('');
    const sorted = row.toSorted((a, b) => a.left - b.left);
    if (row.every(({ rightToLeft }) => rightToLeft)) sorted.reverse();
    texts.push(sorted.map(({ text }) => text).join(' '));
    last = first;
  }
  return joinLines(texts);
}
