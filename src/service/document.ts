import { isBlank } from '../contract/checks.js';
import type { DocumentFile } from '../contract/file.js';
import type { Documents } from '../documents/documents.js';

/** What a long call takes along. */
export interface CallContext {
  readonly signal: AbortSignal;
  readonly onTokens: (done: number, total: number) => void;
  readonly onPages: (done: number, total: number) => void;
}

/** A file's text, and where in it each page starts. */
export interface DocumentText {
  readonly text: string;
  readonly starts: readonly number[];
  readonly pages: number;
}

/** Stands between two pages, and between a request's own text and its file's. */
const BETWEEN = '\n\n';

/** Reads a whole file. */
export async function documentText(
  documents: Documents,
  file: DocumentFile,
  { signal, onPages }: CallContext,
): Promise<DocumentText> {
  const texts: string[] = [];
  const starts: number[] = [];
  let length = 0;
  for await (const { text, page, pages } of documents.read(file, signal)) {
    texts.push(text);
    starts.push(length);
    length += text.length + BETWEEN.length;
    onPages(page, pages);
  }
  return { text: texts.join(BETWEEN), starts, pages: texts.length };
}

/** A request's own text with its file's after it. */
export const withDocument = (text: string, document: DocumentText | undefined): string =>
  document === undefined ? text : isBlank(text) ? document.text : `${text}${BETWEEN}${document.text}`;

/** The page, from 1, of a place in a text with its file's; undefined in the text itself. */
export function pageAt(at: number, text: string, { starts }: DocumentText): number | undefined {
  const within = isBlank(text) ? at : at - text.length - BETWEEN.length;
  const page = starts.findLastIndex((start) => start <= within);
  return page === -1 ? undefined : page + 1;
}
