/** Words up to which the text of a page may be no more than a stamp, a caption or a page's number. */
const FEW = 20;
/** Share of a page from which on its pictures say what is on it, where its text does not: a scan in a DOCX stands within margins. */
const MOSTLY = 1 / 3;

/** Whether a page's own text is so little that its pictures are to be asked. */
export const isSparse = (text: string): boolean => countWords(text) <= FEW;

/** Whether pictures that cover this share of a page are most of it; `share` is from 0 to 1. */
export const isMostlyPicture = (share: number): boolean => share >= MOSTLY;

/** Lines of what was read off a page's picture, without those that its own text says as well, by most of their letters. */
export function unsaid(read: string, own: string): string {
  const said = new Set(wordsOf(own));
  const length = (words: readonly string[]) => words.join('').length;
  const isNew = (line: string) => {
    const words = wordsOf(line);
    return 3 * length(words.filter((word) => said.has(word))) <= 2 * length(words);
  };
  const lines = read.split('\n').filter((line) => line === '' || isNew(line));
  return lines.join('\n').trim();
}

export const countWords = (text: string): number => wordsOf(text).length;

/** An ideograph is a word of its own. */
const wordsOf = (text: string): string[] =>
  text.toLowerCase().match(/\p{Ideographic}|(?:(?!\p{Ideographic})[\p{L}\p{N}\p{M}])+/gu) ?? [];
