import { documentFailure } from '../../contract/file.js';
import { Zip } from './zip.js';

/** Kinds of zip that are no DOCX, by a file that each of them has. */
const STRANGERS: readonly (readonly [name: RegExp, what: string])[] = [
  [/^xl\//, 'an Excel workbook'],
  [/^ppt\//, 'a PowerPoint presentation'],
  [/^content\.xml$/, 'an OpenDocument file'],
  [/^META-INF\/container\.xml$/, 'an EPUB book'],
];

/** Characters of one part of XML, and its elements and attributes: each takes some 2 kB of memory. */
const MOST = 20_000_000;
const NODES = 400_000;

/** The parts of a DOCX as mammoth asks for them. */
export class DocxPackage {
  readonly #zip: Zip;

  constructor(bytes: Uint8Array<ArrayBuffer>) {
    const zip = new Zip(bytes);
    this.#zip = zip;
    const hasPart = (start: string) => zip.names.some((name) => name.startsWith(start));
    if (hasPart('word/') || (zip.has('_rels/.rels') && !hasPart('xl/') && !hasPart('ppt/'))) return;
    const what = STRANGERS.find(([part]) => zip.names.some((name) => part.test(name)))?.[1] ?? 'a zip archive';
    throw documentFailure('unsupported', `The file is ${what}; a PDF or DOCX is needed.`);
  }

  get names(): string[] {
    return this.#zip.names;
  }

  exists(name: string): boolean {
    return this.#zip.has(name);
  }

  /** A part as it is: a picture. */
  async read(name: string): Promise<Uint8Array<ArrayBuffer>>;
  /** The text of a part. */
  async read(name: string, encoding: string): Promise<string>;
  async read(name: string, encoding?: string): Promise<string | Uint8Array<ArrayBuffer>> {
    const bytes = await this.#zip.read(name);
    return encoding === undefined ? bytes : checkedText(name, bytes);
  }
}

/** The text of a part; throws DOCUMENT_ERROR where reading it would take too much, or other files. */
function checkedText(name: string, bytes: Uint8Array<ArrayBuffer>): string {
  const text = decode(bytes);
  if (text.length > MOST)
    throw documentFailure('too_large', `Part ${name} of the DOCX has more than ${MOST} characters.`);
  if (hasMore(text, /<\w|=["']/g, NODES)) {
    throw documentFailure('too_large', `Part ${name} of the DOCX has more than ${NODES} elements and attributes.`);
  }
  if (!/<\w/.test(text)) throw documentFailure('corrupt', `Part ${name} of the DOCX is no XML; get the file again.`);
  // The format has none, and those that are there want to read other files or to grow without end.
  if (/<!(DOCTYPE|ENTITY)/i.test(text)) {
    throw documentFailure(
      'unsupported',
      `Part ${name} of the DOCX defines XML entities, which are refused; save it anew.`,
    );
  }
  return text;
}

function hasMore(text: string, pattern: RegExp, most: number): boolean {
  let count = 0;
  while (count <= most && pattern.exec(text)) count++;
  return count > most;
}

function decode(bytes: Uint8Array): string {
  const [a, b] = bytes;
  const label = a === 0xff && b === 0xfe ? 'utf-16le' : a === 0xfe && b === 0xff ? 'utf-16be' : 'utf-8';
  return new TextDecoder(label).decode(bytes);
}
