import { LONG, WORD, type Word } from './words.js';

/** White space before a run that is passed on: tokens of more of it say nothing. */
const SPACE = 16;
const STOP = /\p{P}/u;

/**
 * The runs without white space of a text in order, for tokenizers that are not BERT's. With `spaced` each has the white
 * space before it, which is part of its first token; `inside` says that something comes before the text.
 */
export function* runs(text: string, spaced: boolean, inside: boolean): Generator<Word> {
  let read = 0;
  for (const { 0: run, index } of text.matchAll(WORD)) {
    const before = index === 0 && inside ? ' ' : text.slice(Math.max(read, index - SPACE), index);
    read = index + run.length;
    for (let from = 0; from < run.length; ) {
      const to = cut(run, from);
      const piece = run.slice(from, to);
      yield { text: spaced && from === 0 ? before + piece : piece, start: index + from, end: index + to };
      from = to;
    }
  }
}

/** Where a run that begins at `from` is to end: behind its last stop within reach, and never within a character. */
function cut(run: string, from: number): number {
  if (run.length - from <= LONG) return run.length;
  for (let to = from + LONG; to > from + LONG / 2; to--) {
    if (STOP.test(run[to - 1] ?? '')) return to;
  }
  const high = run.charCodeAt(from + LONG - 1);
  return from + LONG - (high >= 0xd800 && high <= 0xdbff ? 1 : 0);
}
