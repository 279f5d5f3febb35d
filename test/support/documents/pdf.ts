import { type Bytes, bytes, concat } from './bytes.js';
import type { Cipher } from './encrypt.js';

/** What a page says: pieces of text with their place in points from the lower left corner. */
export interface Piece {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly size?: number;
}

/** A page: its text, or the operators that draw it, and whatever else its dictionary is to have. */
export interface PageOf {
  readonly pieces?: readonly Piece[];
  readonly content?: string;
  readonly more?: string;
  /** What its resources are to have besides the font. */
  readonly resources?: string;
  readonly width?: number;
  readonly height?: number;
}

export interface PdfOf {
  readonly pages: readonly PageOf[];
  /** Objects after the pages' own, by their numbers from `100`. */
  readonly objects?: Readonly<Record<number, string>>;
  /** What the catalog is to have besides. */
  readonly catalog?: string;
  /** The font's dictionary after its name. */
  readonly font?: string;
  readonly cipher?: Cipher;
  /** What the trailer is to have besides. */
  readonly trailer?: string;
}

/** A PDF written by hand: catalog 1, pages 2, font 3, then a page and its content each, then what was given. */
export async function pdf({
  pages,
  objects = {},
  catalog = '',
  font = HELVETICA,
  cipher,
  trailer = '',
}: PdfOf): Promise<Bytes> {
  const bodies = new Map<number, Bytes>();
  const kids = pages.map((_, i) => `${4 + 2 * i} 0 R`).join(' ');
  bodies.set(1, bytes(`<< /Type /Catalog /Pages 2 0 R ${catalog} >>`));
  bodies.set(2, bytes(`<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`));
  bodies.set(3, bytes(`<< /Type /Font ${font} >>`));
  for (const [
    i,
    { pieces = [], content, more = '', resources: also = '', width = 595, height = 842 },
  ] of pages.entries()) {
    const resources = `/Resources << /Font << /F 3 0 R >> ${also} >>`;
    const page = 4 + 2 * i;
    const box = `/MediaBox [0 0 ${width} ${height}]`;
    bodies.set(page, bytes(`<< /Type /Page /Parent 2 0 R ${box} ${resources} /Contents ${page + 1} 0 R ${more} >>`));
    const drawn = bytes(content ?? pieces.map(draw).join('\n'));
    const stored = cipher ? await cipher.encrypt(drawn) : drawn;
    bodies.set(page + 1, stream('', stored));
  }
  for (const [number, body] of Object.entries(objects)) bodies.set(Number(number), bytes(body));
  if (cipher) bodies.set(99, bytes(cipher.dictionary));
  return assemble(bodies, cipher ? `/Encrypt 99 0 R /ID [<00> <00>] ${trailer}` : trailer);
}

const HELVETICA = '/Subtype /Type1 /BaseFont /Helvetica';

/** A stream object; `entries` go into its dictionary. */
export const stream = (entries: string, content: Bytes): Bytes =>
  concat(bytes(`<< ${entries} /Length ${content.length} >>\nstream\n`), content, bytes('\nendstream'));

/** A page of lines, from the top down. */
export const lines = (...texts: string[]): PageOf => ({
  pieces: texts.map((text, i) => ({ text, x: 72, y: 770 - 16 * i })),
});

const draw = ({ text, x, y, size = 11 }: Piece): string => `BT /F ${size} Tf ${x} ${y} Td (${quoted(text)}) Tj ET`;
const quoted = (text: string): string => text.replace(/[\\()]/g, '\\$&');

/** Objects with their table of places. */
export function assemble(bodies: ReadonlyMap<number, Bytes>, trailer = ''): Bytes {
  let file = bytes('%PDF-1.7\n');
  const places = new Map<number, number>();
  for (const [number, body] of bodies) {
    places.set(number, file.length);
    file = concat(file, bytes(`${number} 0 obj\n`), body, bytes('\nendobj\n'));
  }
  const size = Math.max(...bodies.keys()) + 1;
  const table = Array.from({ length: size }, (_, number) => {
    const place = places.get(number);
    return place === undefined ? '0000000000 65535 f ' : `${String(place).padStart(10, '0')} 00000 n `;
  });
  const start = file.length;
  return concat(
    file,
    bytes(`xref\n0 ${size}\n${table.join('\n')}\ntrailer\n<< /Size ${size} /Root 1 0 R ${trailer} >>\n`),
    bytes(`startxref\n${start}\n%%EOF\n`),
  );
}
