import { median } from '../median.js';

/** A word as Tesseract reads it. */
export interface Word {
  readonly text: string;
  /** 0 to 100. */
  readonly confidence: number;
  /** Block, paragraph and line that it is in. */
  readonly block: string;
  readonly line: string;
  /** Pixels from top to bottom. */
  readonly height: number;
}

/** Fields of a line of Tesseract's table: level, page, block, paragraph, line, word, box, confidence, text. */
const WORD = '5';
const HEIGHT = 9;
const CONFIDENCE = 10;

export function readWords(table: string): Word[] {
  return table.split('\n').flatMap((row) => {
    const fields = row.split('\t');
    const text = fields.slice(CONFIDENCE + 1).join(' ');
    if (fields[0] !== WORD || text.trim() === '') return [];
    const block = fields.slice(2, 4).join();
    const [height, confidence] = [HEIGHT, CONFIDENCE].map((field) => Number(fields[field])) as [number, number];
    return [{ text, confidence, block, line: `${block},${fields[4]}`, height }];
  });
}

/** Mean confidence of a line whose words are all believed, and what a word needs in one that is not. */
const LINE = 60;
const ALONE = 80;
/** Letters and digits that a picture with writing has at least, and one of its words. */
const LEAST = 3;

/** The text of words that are likely to be there: patterns and noise are read as words too, but with doubt. */
export function likelyText(words: readonly Word[]): string {
  const lines = new Map<string, Word[]>();
  for (const word of words) lines.set(word.line, [...(lines.get(word.line) ?? []), word]);
  const rows = [...lines.values()].flatMap((row) => {
    const believed = meanConfidence(row) >= LINE ? row : row.filter((word) => isSure(word));
    return believed.length > 0 ? [believed] : [];
  });
  if (!rows.flat().some(isSure)) return '';
  let text = '';
  let last: string | undefined;
  for (const row of rows) {
    const { block } = row[0] as Word;
    text += `${last === undefined ? '' : block === last ? '\n' : '\n\n'}${row.map((word) => word.text).join(' ')}`;
    last = block;
  }
  return text;
}

const isSure = ({ text, confidence }: Word): boolean => confidence >= ALONE && letters(text) >= LEAST;

const letters = (text: string): number => text.match(/[\p{L}\p{N}]/gu)?.length ?? 0;

/** Height of a font to that of its words: few have letters that go both up and down. */
const FONT = 1.3;

/** Height in pixels of the font of the usual word. */
export const fontHeight = (words: readonly Word[]): number => FONT * median(words.map(({ height }) => height));

/** Mean over characters. */
function meanConfidence(words: readonly Word[]): number {
  const length = words.reduce((sum, { text }) => sum + text.length, 0);
  return words.reduce((sum, { text, confidence }) => sum + text.length * confidence, 0) / length;
}

/** How many letters are surely right, and which share of all they are. */
export function sureLetters(words: readonly Word[]): { count: number; share: number } {
  const sum = (some: readonly Word[]) => some.reduce((all, { text }) => all + letters(text), 0);
  const count = sum(words.filter(isSure));
  return { count, share: count / (sum(words) || 1) };
}
