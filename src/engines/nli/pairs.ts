import type { Tokens } from '../embed/tokens.js';
import { cut, spread, type Window } from '../embed/windows.js';

/** One stretch of a text with one hypothesis: a row of a forward pass. */
export interface Pair {
  readonly window: Window;
  /** Which hypothesis. */
  readonly hypothesis: number;
}

/** How texts are cut for a model; `budget` in milliseconds asks for windows of which any first few are an even sample. */
export interface Cutting {
  /** Special tokens of a pair. */
  readonly frame: number;
  readonly window: number;
  readonly overlap: number;
  readonly budget: number;
}

/**
 * Every window of a text with every chosen hypothesis. Where the two are too long together the text is cut, not the hypothesis,
 * which is what it is read for; of a hypothesis as long as the window, its beginning is read.
 */
export function pairsOf(
  text: number,
  { ids }: Tokens,
  hypotheses: readonly Uint32Array[],
  chosen: readonly number[],
  { window, overlap, budget, frame }: Cutting,
): Pair[] {
  const longest = chosen.reduce((most, one) => Math.max(most, hypotheses[one]?.length ?? 0), 0);
  const size = Math.max(window - frame - longest, window >> 1);
  const windows = cut(text, ids.length, size, Math.min(overlap, size >> 2));
  const ordered = budget === Number.POSITIVE_INFINITY ? windows : spread(windows);
  return ordered.flatMap((one) => chosen.map((hypothesis) => ({ window: one, hypothesis })));
}
