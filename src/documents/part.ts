/**
 * A piece of a document, in reading order.
 *
 * Only text so far; pictures of pages, one at a time, are to be parts of another kind.
 */
export type Part = TextPart;

/** The text of one page, empty when it has none. */
export interface TextPart {
  readonly kind: 'text';
  /** From 1. */
  readonly page: number;
  /** Pages of the whole document. */
  readonly pages: number;
  readonly text: string;
}
