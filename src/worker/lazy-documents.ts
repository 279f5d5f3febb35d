import type { UrlPolicy } from '../contract/file.js';
import type { Documents } from '../documents/documents.js';
import type { ClipModel, PhotoFile, PhotoModel } from '../engines/manifest.js';
import type { OpenGraph } from '../engines/photo/classifier.js';

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
  readonly photo: Readonly<Record<PhotoFile, string>>;
}

/** What reading documents takes; plain values, sent by the page. */
export interface DocumentSettings {
  readonly urls: DocumentUrls;
  readonly policy: UrlPolicy;
  /** What looks at photographs; without it pictures are read for their writing only. */
  readonly photo?: PhotoModel | undefined;
  /** The model that looks at pictures in its place. */
  readonly eye?: ClipModel | undefined;
}

/** The module at `DocumentUrls.thread`, to those who import it. */
export interface DocumentModule {
  /** `openGraph` opens the model of photographs in the caller's runtime. */
  openDocuments(settings: DocumentSettings, openGraph?: OpenGraph): Documents;
}

/** Loads the code that reads documents, when the first one comes. */
export const lazyDocuments = (settings: DocumentSettings, openGraph?: OpenGraph) => async (): Promise<Documents> => {
  const { openDocuments }: DocumentModule = await import(/* @vite-ignore */ settings.urls.thread);
  return openDocuments(settings, openGraph);
};
