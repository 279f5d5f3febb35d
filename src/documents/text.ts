import { isBlank } from '../contract/checks.js';
import type { Part } from './part.js';

/** A whole file's text. */
export interface DocumentText {
  readonly pages: number;
  /** A request's own text with the file's after it. */
  after(text: string): string;
  /** The page, from 1, of a place in that; undefined in the request's own text. */
  pageAt(at: number, text: string): number | undefined;
}

/** Stands between two pages, and between a request's own text and its file's. */
const BETWEEN = '\n\n';

/** Gathers the parts of a file. */
export async function gatherText(
  parts: AsyncIterable<Part>,
  onPages: (done: number, total: number) => void,
): Promise<DocumentText> {
  const texts: string[] = [];
  const starts: number[] = [];
  let length = 0;
  for await (const { text, page, pages } of parts) {
    texts.push(text);
    starts.push(length);
    length += text.length + BETWEEN.length;
    onPages(page, pages);
  }
  const whole = texts.join(BETWEEN);
  return {
    pages: texts.length,
    after: (text) => (isBlank(text) ? whole : `${text}${BETWEEN}${whole}`),
    pageAt(at, text) {
      const within = isBlank(text) ? at : at - text.length - BETWEEN.length;
      const page = starts.findLastIndex((start) => start <= within);
      return page === -1 ? undefined : page + 1;
    },
  };
}
