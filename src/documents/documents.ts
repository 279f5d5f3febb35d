import type { DocumentFile } from '../contract/file.js';
import type { Part } from './part.js';

/** Whatever turns files into parts. */
export interface Documents {
  /**
   * The parts of a file, one at a time, as they are asked for.
   *
   * Rejects with DOCUMENT_ERROR, URL_NOT_ALLOWED or URL_FAILED when it cannot be read. Who stops asking frees it.
   */
  read(file: DocumentFile, signal: AbortSignal): AsyncIterable<Part>;
}
