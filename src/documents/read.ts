import { isBlank } from '../contract/checks.js';
import type { DocumentFile } from '../contract/file.js';
import { documentFailure } from '../contract/file.js';
import type { Part } from './part.js';
import type { PdfOptions } from './pdf/read.js';
import { sniff } from './sniff.js';
import { bytesOf, type FetchFile } from './source.js';

/** The readers of each format: heavy, so each is loaded when its first file comes. */
export interface Readers {
  pdf(): Promise<{ readPdf(bytes: Uint8Array<ArrayBuffer>, options: PdfOptions): AsyncIterable<Part> }>;
  docx(): Promise<{ readDocx(bytes: Uint8Array<ArrayBuffer>): AsyncIterable<Part> }>;
  readonly fetchFile: FetchFile;
  /** All character maps of PDF in one file, wanted by few files. */
  readonly charMaps: () => Promise<Uint8Array<ArrayBuffer>>;
}

/** The parts of any file; rejects with DOCUMENT_ERROR when it cannot be read, or when there was no text in any part. */
export async function* readDocument(file: DocumentFile, readers: Readers): AsyncGenerator<Part> {
  let blank = true;
  for await (const part of partsOf(file, readers)) {
    blank &&= isBlank(part.text);
    yield part;
  }
  if (!blank) return;
  throw documentFailure(
    'empty',
    'The file has no text: its pages are empty or pictures, such as scans, which are not read in this version.',
  );
}

async function* partsOf({ content, password }: DocumentFile, readers: Readers): AsyncGenerator<Part> {
  const bytes = await bytesOf(content, readers.fetchFile);
  if (sniff(bytes) === 'pdf') {
    const { readPdf } = await readers.pdf();
    yield* readPdf(bytes, { password, charMaps: readers.charMaps });
  } else {
    const { readDocx } = await readers.docx();
    yield* readDocx(bytes);
  }
}
