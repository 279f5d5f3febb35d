/** A piece of text that the tokenizer hardly ever joins to its neighbours. */
export interface Word {
  /** What the tokenizer is given: the piece with the space before it where that counts, or as much as can have tokens. */
  readonly text: string;
  /** UTF-16 offsets in the whole text, end exclusive. */
  readonly start: number;
  readonly end: number;
}

/**
 * Runs without white space, as BERT's normaliser knows it. Counted in UTF-16 units, without the `u` flag, with
 * which a run of millions of characters overflows the stack of the expression engine.
 */
export const WORD = /[^\t\n\r \u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000]+/g;
/** A character that is a word by itself for BERT: punctuation and Chinese characters. */
const ALONE =
  /[!-/:-@[-`{-~\p{P}\u4E00-\u9FFF\u3400-\u4DBF\u{20000}-\u{2A6DF}\u{2A700}-\u{2B81F}\u{2B820}-\u{2CEAF}\uF900-\uFAFF\u{2F800}-\u{2FA1F}]/gu;
/** Above this many UTF-16 units a word is taken apart; wordpieces know none above 100 characters. */
export const LONG = 200;

/** Splits a text; with `spaced` pieces keep the space before them, `inside` says that something precedes the text. */
export type Split = (text: string, spaced: boolean, inside: boolean) => Iterable<Word>;

/** The words of a text in order as BERT's tokenizer splits them, never holding more than one of them. */
export function* words(text: string): Generator<Word> {
  for (const { 0: word, index } of text.matchAll(WORD)) {
    if (word.length <= LONG) yield { text: word, start: index, end: index + word.length };
    else yield* pieces(word, index);
  }
}

function* pieces(word: string, offset: number): Generator<Word> {
  let read = 0;
  for (const { 0: char, index } of word.matchAll(ALONE)) {
    if (index > read) yield run(word.slice(read, index), offset + read);
    read = index + char.length;
    yield { text: char, start: offset + index, end: offset + read };
  }
  if (read < word.length) yield run(word.slice(read), offset + read);
}

const run = (text: string, start: number): Word => ({
  text: text.length <= LONG ? text : visible(text),
  start,
  end: start + text.length,
});

/** The first characters that count, once those that the normaliser drops are gone. */
function visible(piece: string): string {
  let kept = '';
  for (let at = 0; at < piece.length && kept.length <= LONG; at += 4096) {
    kept += piece
      .slice(at, at + 4096)
      .normalize('NFD')
      .replace(/[\p{Mn}\p{Cc}\p{Cf}\uFFFD]/gu, '');
  }
  return kept.slice(0, 2 * LONG);
}
