/** A piece of text that the tokenizer never joins to its neighbours. */
export interface Word {
  /** What the tokenizer is given: the piece itself, or enough of it when it is too long to have a token. */
  readonly text: string;
  /** UTF-16 offsets in the whole text, end exclusive. */
  readonly start: number;
  readonly end: number;
}

/** White space as BERT's normaliser knows it. */
const WORD = /[^\t\n\r\u2028\u2029\p{Zs}]+/gu;
/** Characters that are a word each for BERT: punctuation and Chinese characters. */
const ALONE =
  /[!-/:-@[-`{-~\p{P}\u4E00-\u9FFF\u3400-\u4DBF\u{20000}-\u{2A6DF}\u{2A700}-\u{2B81F}\u{2B820}-\u{2CEAF}\uF900-\uFAFF\u{2F800}-\u{2FA1F}]/u;
const PIECE = new RegExp(`${ALONE.source}|(?:(?!${ALONE.source})[^])+`, 'gu');
/** Above this many UTF-16 units a word is taken apart; wordpieces know none above 100 characters. */
const LONG = 200;

/** The words of a text in order, never holding more than one of them. */
export function* words(text: string): Generator<Word> {
  for (const { 0: word, index } of text.matchAll(WORD)) {
    if (word.length <= LONG) yield { text: word, start: index, end: index + word.length };
    else yield* pieces(word, index);
  }
}

function* pieces(word: string, offset: number): Generator<Word> {
  for (const { 0: piece, index } of word.matchAll(PIECE)) {
    const start = offset + index;
    yield { text: piece.length <= LONG ? piece : visible(piece), start, end: start + piece.length };
  }
}

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
