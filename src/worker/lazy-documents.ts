import type { UrlPolicy } from '../contract/file.js';
import type { Documents } from '../documents/documents.js';

/** Absolute addresses of what reads documents. */
export interface DocumentUrls {
  /** What starts the thread, and what runs in it. */
  readonly thread: string;
  readonly pdf: string;
  readonly docx: string;
  readonly pictures: string;
  /** Files that hold others; see build/pdf.ts. */
  readonly charMaps: string;
  readonly drawing: string;
  /** Tesseract, and its data of each language that it reads. */
  readonly ocrCore: string;
  readonly ocrLanguages: readonly string[];
}

/** What reading documents takes; plain values, sent by the page. */
export interface DocumentSettings {
  readonly urls: DocumentUrls;
  readonly policy: UrlPolicy;
}

/** The module at `DocumentUrls.thread`, to those who import it. */
export interface DocumentModule {
  openDocuments(settings: DocumentSettings): Documents;
}

/** Loads the code that reads documents, when the first one comes. */
export const lazyDocuments = (settings: DocumentSettings) => async (): Promise<Documents> => {
  const { openDocuments }: DocumentModule = await import(/* @vite-ignore */ settings.urls.thread);
  return openDocuments(settings);
};
