import { read } from 'mammoth/lib/docx/docx-reader.js';
import { ClasserError } from '../../contract/errors.js';
import { documentFailure } from '../../contract/file.js';
import { LIMITS } from '../../contract/limits.js';
import type { Part } from '../part.js';
import type { Picture } from '../picture/picture.js';
import { isMostlyPicture, isSparse } from '../sparse.js';
import { tidy } from '../tidy.js';
import { aboutDocx } from './about.js';
import { pageOf, pictureShares } from './extents.js';
import { margins } from './margins.js';
import { DocxPackage } from './package.js';
import { countPages } from './pages.js';
import { type DocxElement, documentText, PAGE_BREAK, pictureNumbers } from './text.js';

/** Decodes a picture. */
export type Decode = (bytes: Uint8Array<ArrayBuffer>) => Promise<Picture>;

/** The text of a DOCX, in one part for each page that the author began; of a page without text, its pictures. */
export async function* readDocx(bytes: Uint8Array<ArrayBuffer>, decode?: Decode): AsyncGenerator<Part> {
  const docx = new MainPart(bytes);
  const { text, pages, pictures, shares } = await readWhole(docx);
  const draw = async (picture: DocxElement | undefined): Promise<Picture> => {
    const content = await picture?.readAsArrayBuffer?.();
    if (!content || !decode) throw new Error('no picture');
    // What is wrong with one of its pictures is no reason to refuse the document.
    return decode(content).catch((fault: Error) => {
      throw new Error(fault.message);
    });
  };
  if (pages > LIMITS.pages) {
    throw documentFailure('too_many_pages', `The DOCX has about ${pages} pages; send at most ${LIMITS.pages} of them.`);
  }
  const parts = text.split(PAGE_BREAK);
  const sheet = pageOf(docx.text);
  for (let page = 1; page <= pages; page++) {
    // A page that fills itself up has no break: its text stays with the one before.
    const raw = parts[page - 1] ?? '';
    const where = { page, pages, text: tidy(raw), sheet, about: () => aboutDocx(docx) };
    // What the author said of a picture stands in its place.
    const inPage = decode ? pictureNumbers(raw).filter((number) => !pictures[number]?.altText) : [];
    const share = inPage.reduce((sum, number) => sum + (shares[number] ?? 0), 0);
    const look = where.text === '' || (isSparse(where.text) && isMostlyPicture(share));
    const numbers = look ? inPage.slice(0, LIMITS.images) : [];
    if (numbers.length === 0) yield { ...where, kind: 'text' };
    else yield { ...where, kind: 'picture', draws: numbers.map((number) => () => draw(pictures[number])) };
  }
}

/** A package that remembers how its document began. */
class MainPart extends DocxPackage {
  text = '';

  override async read(name: string): Promise<Uint8Array<ArrayBuffer>>;
  override async read(name: string, encoding: string): Promise<string>;
  override async read(name: string, encoding?: string): Promise<string | Uint8Array<ArrayBuffer>> {
    if (encoding === undefined) return super.read(name);
    const text = await super.read(name, encoding);
    if (/<(\w+:)?document[\s>]/.test(text.slice(0, 4000))) this.text = text;
    return text;
  }
}

interface Whole {
  readonly text: string;
  readonly pages: number;
  readonly pictures: readonly DocxElement[];
  /** The share of a page that each of them takes; empty where that is not known. */
  readonly shares: readonly number[];
}

async function readWhole(docx: MainPart): Promise<Whole> {
  try {
    const { value } = await read(docx, {}, { externalFileAccess: false });
    const { above, below } = await margins(docx);
    const pictures: DocxElement[] = [];
    const text = [...above, documentText(value, pictures), ...below].join('\n');
    const stated = pictureShares(docx.text);
    // Those of notes stand elsewhere, and what is deleted is not read: then it is not known which is which.
    const shares = stated.length === pictures.length ? stated : [];
    return { text, pictures, shares, pages: countPages(docx.text, text.length) };
  } catch (cause) {
    if (ClasserError.is(cause)) throw cause;
    const message = `The DOCX is broken (${faultOf(cause as Error)}); open it in Word and save it anew.`;
    throw documentFailure('corrupt', message, cause);
  }
}

/** What is wrong with a DOCX in plain words: of what mammoth throws, only its own errors are. */
function faultOf({ name, message }: Error): string {
  // Engines name it differently; see MDN's InternalError.
  if (/call stack|recursion/i.test(message)) return 'its elements are nested too deeply';
  if (name === 'TypeError') return 'its parts do not fit together';
  return message.split('\n')[0]?.slice(0, 200) ?? '';
}
