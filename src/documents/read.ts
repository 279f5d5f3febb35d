import { isBlank } from '../contract/checks.js';
import type { ClasserError } from '../contract/errors.js';
import type { DocumentFile } from '../contract/file.js';
import { documentFailure } from '../contract/file.js';
import type { View } from '../contract/view.js';
import type { Decode } from './docx/read.js';
import { legible, type PictureReader } from './legible.js';
import type { Part, TextPart } from './part.js';
import type { PdfOptions } from './pdf/read.js';
import type { Canvases } from './picture/canvas.js';
import type { Picture } from './picture/picture.js';
import type { PictureType } from './picture/size.js';
import { sniff } from './sniff.js';
import { bytesOf, type FetchFile } from './source.js';
import { tidy } from './tidy.js';

/** The readers of each format: heavy, so each is loaded when its first file comes. */
export interface Readers {
  pdf(): Promise<{ readPdf(bytes: Uint8Array<ArrayBuffer>, options: PdfOptions): AsyncIterable<Part> }>;
  docx(): Promise<{ readDocx(bytes: Uint8Array<ArrayBuffer>, decode?: Decode): AsyncIterable<Part> }>;
  pictures(): Promise<{
    decodePicture(bytes: Uint8Array<ArrayBuffer>, type: PictureType, canvases: Canvases): Promise<Picture>;
    readPicture(bytes: Uint8Array<ArrayBuffer>, type: PictureType, canvases: Canvases | undefined): AsyncIterable<Part>;
  }>;
  ocr(): Promise<PictureReader>;
  canvases(): Promise<Canvases | undefined>;
  /** How pictures are kept for a model that looks at them, and are then not read. */
  readonly view?: View | undefined;
  readonly fetchFile: FetchFile;
  readonly charMaps: PdfOptions['charMaps'];
  readonly drawing: PdfOptions['drawing'];
}

/** The parts of any file; rejects with DOCUMENT_ERROR when it cannot be read, or when there was nothing on any part. */
export async function* readDocument(
  file: DocumentFile,
  readers: Readers,
  onPages: (done: number, total: number) => void,
): AsyncGenerator<TextPart> {
  const ocr = () => readers.ocr();
  let held: TextPart[] | undefined = [];
  for await (const { about, ...part } of legible(partsOf(file, readers), ocr, onPages, readers.view)) {
    if (!held) {
      yield part;
      continue;
    }
    // What a file says of itself counts only where its pages say nothing: until one does, they are kept back.
    held.push(part);
    if (isBlank(part.text)) {
      onPages(part.page, part.pages);
      if (part.page < part.pages) continue;
      const said = tidy((await about?.()) ?? '');
      if (said === '' && !held.some(({ thumbnails }) => thumbnails)) throw await empty(readers);
      held[0] = { ...(held[0] ?? part), text: said, sheet: undefined };
    }
    yield* held;
    held = undefined;
  }
}

async function empty(readers: Readers): Promise<ClasserError> {
  const why = (await readers.canvases())
    ? 'nothing is written on it that can be read, and nothing else is on it'
    : 'scans are read in Node with the package @napi-rs/canvas, which is not installed here';
  return documentFailure('empty', `The file has no text: ${why}.`);
}

async function* partsOf({ content, password, image }: DocumentFile, readers: Readers): AsyncGenerator<Part> {
  const bytes = await bytesOf(content, readers.fetchFile);
  const format = sniff(bytes);
  if (image !== undefined && (format === 'pdf' || format === 'zip')) {
    throw documentFailure(
      'unsupported',
      'image must be a picture (PNG, JPEG, WebP, AVIF, GIF, BMP); send documents as file.',
    );
  }
  if (format === 'pdf') {
    const { readPdf } = await readers.pdf();
    yield* readPdf(bytes, { ...readers, password });
  } else if (format === 'zip') {
    const { readDocx } = await readers.docx();
    const canvases = await readers.canvases();
    yield* readDocx(bytes, canvases && decoder(readers, canvases));
  } else {
    const { readPicture } = await readers.pictures();
    yield* readPicture(bytes, format, await readers.canvases());
  }
}

/** Decodes pictures within a document. */
const decoder =
  (readers: Readers, canvases: Canvases): Decode =>
  async (bytes) => {
    const format = sniff(bytes);
    if (format === 'pdf' || format === 'zip') throw new Error('a document, no picture');
    return (await readers.pictures()).decodePicture(bytes, format, canvases);
  };
