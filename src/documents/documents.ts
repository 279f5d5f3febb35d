import type { DocumentFile } from '../contract/file.js';
import type { DocumentContext } from './context.js';
import type { TextPart } from './part.js';
import type { DocumentText } from './text.js';

/** Whatever turns files into parts. */
export interface Documents {
  /**
   * The parts of a file, one at a time, as they are asked for.
   *
   * Rejects with DOCUMENT_ERROR, URL_NOT_ALLOWED or URL_FAILED when it cannot be read. Who stops asking frees it.
   */
  read(file: DocumentFile, context: DocumentContext): AsyncIterable<TextPart>;
  /** The text of all parts of some files. */
  text(files: readonly DocumentFile[], context: DocumentContext): Promise<DocumentText>;
}
