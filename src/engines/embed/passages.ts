import type { Passage } from '../engine.js';
import type { Tokens } from './tokens.js';

/** A passage with its tokens, end exclusive. */
export interface Span extends Passage {
  readonly from: number;
  readonly to: number;
}

/** A passage ends after this much text even without a full stop. */
const LONGEST = 240;
const STOP = /[.!?…。！？]["'”’)\]]*$/u;

/** Cuts a text into passages: sentences, lines, or stretches of at most 240 characters. */
export function passages(text: string, { starts, ends }: Tokens): Span[] {
  const spans: Span[] = [];
  let from = 0;
  for (let t = 0; t < starts.length; t++) {
    const end = ends[t] ?? 0;
    const next = starts[t + 1];
    if (next === starts[t]) continue;
    const start = starts[from] ?? 0;
    const over = next === undefined || end - start >= LONGEST || stops(text, end, next);
    if (!over) continue;
    spans.push({ start, end, from, to: t + 1 });
    from = t + 1;
  }
  return spans;
}

function stops(text: string, end: number, next: number): boolean {
  if (next === end) return false;
  return text.slice(end, next).includes('\n') || STOP.test(text.slice(Math.max(0, end - 8), end));
}
