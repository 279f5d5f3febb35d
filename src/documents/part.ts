import type { Picture } from './picture/picture.js';
import type { Sheet } from './sheet.js';

/** A piece of a document, in reading order: each page is one of the two. */
export type Part = TextPart | PicturePart;

interface Page {
  /** From 1. */
  readonly page: number;
  /** Pages of the whole document. */
  readonly pages: number;
  /** What is written on it, empty when it has no text. */
  readonly text: string;
  /** How it is laid out, where that is known. */
  readonly sheet?: Sheet | undefined;
  /** What the file says of itself: its title and the like. */
  readonly about?: () => Promise<string>;
}

/** A page that has text, or of which no picture can be had. */
export interface TextPart extends Page {
  readonly kind: 'text';
  /** Whether some of its text was read off its picture. */
  readonly ocr?: boolean;
  /** Whether reading one of its pictures was given up before its end. */
  readonly cut?: boolean;
  /** What was drawn of it, as large as a model takes it, where there is something to be seen. */
  readonly thumbnails?: readonly Picture[];
}

/** A page that has to be looked at: a scan, or pictures. Its text is the little that is written beside them. */
export interface PicturePart extends Page {
  readonly kind: 'picture';
  /** Draws each of its pictures, anew each time: one at a time takes memory enough. */
  readonly draws: readonly (() => Promise<Picture>)[];
}
