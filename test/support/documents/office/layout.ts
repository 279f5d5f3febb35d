import type { Piece } from '../pdf.js';
import type { Block, OfficeDocument } from './block.js';

/** A page laid out: lengths in points, places from the lower left corner. */
export interface Sheet {
  readonly width: number;
  readonly height: number;
  readonly pieces: readonly Required<Piece>[];
}

const [SHORT, LONG] = [595, 842];
const MARGIN = 60;
const GAP = 24;
/** Width of a letter, as a share of its height, on an average that is rather wide. */
const LETTER = 0.52;

/** The pages of a document, one column after the other. */
export function layOutOffice({ pages, columns = 1, slides = false }: OfficeDocument): Sheet[] {
  const [width, height] = slides ? [LONG, SHORT] : [SHORT, LONG];
  const [body, large] = slides ? [22, 38] : [10.5, 17];
  const inner = (width - 2 * MARGIN - (columns - 1) * GAP) / columns;
  return pages.map((blocks) => {
    const pieces: Required<Piece>[] = [];
    let [x, y] = [MARGIN, height - MARGIN];
    const down = (step: number) => {
      y -= step;
      if (y > MARGIN) return;
      [x, y] = [x + inner + GAP, height - MARGIN - step];
    };
    const write = (texts: string, size: number, indent = 0) => {
      for (const text of texts.split('\n').flatMap((line) => wrapped(line, (inner - indent) / (size * LETTER)))) {
        down(1.4 * size);
        pieces.push({ text, x: x + indent, y, size });
      }
    };
    const writeRow = (cells: readonly string[]) => {
      down(1.6 * body);
      const share = inner / (cells.length + 1);
      // The first column of a wide table, and the last of a narrow one, has the longest texts.
      const left = (i: number) => (i === 0 ? 0 : cells.length === 2 ? inner * 0.35 : share * (i + 1));
      for (const [i, text] of cells.entries()) if (text !== '') pieces.push({ text, x: x + left(i), y, size: body });
    };
    const put = (block: Block) => {
      if ('title' in block) write(block.title, large);
      else if ('heading' in block) write(block.heading, 1.15 * body);
      else if ('text' in block) write(block.text, body);
      else if ('list' in block) for (const one of block.list) write(`- ${one}`, body, body);
      else for (const row of block.table) writeRow(row);
      down(0.6 * body);
    };
    for (const block of blocks) put(block);
    return { width, height, pieces };
  });
}

/** Pages as a handout: two beside each other, smaller. */
export function onOneSheet(sheets: readonly Sheet[]): Sheet {
  const [{ width, height }] = sheets as readonly [Sheet];
  const share = sheets.length > 1 ? 1 / 2 : 1;
  const pieces = sheets.flatMap((sheet, i) => {
    const [left, low] = [(i % 2) * share * width, height * (1 - share * (Math.floor(i / 2) + 1))];
    return sheet.pieces.map(({ text, x, y, size }) => ({
      text,
      x: left + share * x,
      y: low + share * y,
      size: share * size,
    }));
  });
  return { width, height, pieces };
}

function wrapped(text: string, letters: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= letters) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
