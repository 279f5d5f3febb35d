import type { DocumentFile } from '../contract/file.js';
import type { Part } from './part.js';
import type { DocumentText } from './text.js';

/** What reading a whole file takes along. */
export interface DocumentContext {
  readonly signal: AbortSignal;
  readonly onPages: (done: number, total: number) => void;
}

/** Whatever turns files into parts. */
export interface Documents {
  /**
   * The parts of a file, one at a time, as they are asked for.
   *
   * Rejects with DOCUMENT_ERROR, URL_NOT_ALLOWED or URL_FAILED when it cannot be read. Who stops asking frees it.
   */
  read(file: DocumentFile, signal: AbortSignal): AsyncIterable<Part>;
  /** The text of all parts; `onPages` counts them as they are read. */
  text(file: DocumentFile, context: DocumentContext): Promise<DocumentText>;
}
