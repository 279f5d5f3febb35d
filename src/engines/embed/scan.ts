import type { Effort } from '../engine.js';
import { pause } from '../pause.js';
import type { Encoded, Encoder } from './encoder.js';
import type { TokenSource, Tokens } from './tokens.js';
import { cut, group, spread, type Window } from './windows.js';

/** Tokens of one forward pass of several texts, padding included: larger batches are slower on one thread. */
export const BATCH = 512;

/** One window after its forward pass. */
export interface Scanned {
  readonly window: Window;
  readonly encoded: Encoded;
  /** Its row in the batch. */
  readonly row: number;
  /** Tokens that stand before the text's own in each row. */
  readonly lead: number;
}

/** How to scan: with hidden states or pooled vectors only, and for how long. */
export interface ScanOptions extends Effort {
  readonly states: boolean;
  /** Milliseconds after which no further window is begun, save that each text has one. */
  readonly budget?: number;
  readonly size: number;
  readonly overlap: number;
}

/** Runs the encoder over every window of every text, in batches of like length. */
export async function* scan(
  texts: readonly Tokens[],
  encoder: Encoder,
  tokens: TokenSource,
  options: ScanOptions,
): AsyncGenerator<Scanned[]> {
  const { states, budget = Number.POSITIVE_INFINITY, size, overlap, signal, onTokens } = options;
  const windows = texts.flatMap(({ ids }, text) => arrange(cut(text, ids.length, size, overlap), budget));
  const total = texts.reduce((sum, { ids }) => sum + ids.length, 0);
  const begun = performance.now();
  let done = 0;
  let first = true;
  const { open, close, frame } = tokens;
  for (const batch of group(order(windows, budget), ({ start, end }) => end - start + frame, BATCH)) {
    if (!first) await pause(signal);
    signal.throwIfAborted();
    first = false;
    const late = performance.now() - begun > budget;
    const due = late ? batch.filter(({ start }) => start === 0) : batch;
    if (due.length > 0) {
      const rows = due.map(({ text, start, end }) => [
        ...open,
        ...(texts[text]?.ids.subarray(start, end) ?? []),
        ...close,
      ]);
      const encoded = await encoder.run(rows, states, options);
      yield due.map((window, row) => ({ window, encoded, row, lead: open.length }));
    }
    done += batch.reduce((sum, { fresh }) => sum + fresh, 0);
    onTokens?.(done, total);
  }
}

/** With a budget the windows come so that stopping anywhere leaves an even sample. */
const arrange = (windows: Window[], budget: number): Window[] =>
  budget === Number.POSITIVE_INFINITY ? windows : spread(windows);

const order = (windows: Window[], budget: number): Window[] =>
  budget === Number.POSITIVE_INFINITY ? windows.toSorted((a, b) => a.end - a.start - (b.end - b.start)) : windows;
