import { browserCanvases } from './canvases.js';
import { type DocumentRequest, serveDocuments } from './document-thread.js';
import { DocumentThreads } from './documents.js';
import { fetchFile } from './fetch.js';
import { fetchDocument } from './fetch-document.js';
import type { DocumentModule } from './lazy-documents.js';
import { photographs } from './photographs.js';
import { readersIn } from './readers.js';
import { isDocumentThread, startDocuments } from './start-documents.js';

/** Imported, it starts threads of itself. */
export const openDocuments: DocumentModule['openDocuments'] = (settings, openGraph) =>
  new DocumentThreads(startDocuments, settings, photographs(settings, fetchFile, openGraph));

if (isDocumentThread()) {
  const never = new AbortController().signal;
  const serve = serveDocuments(
    readersIn({
      fetchAsset: (url) => fetchFile(url, never, () => undefined),
      fetchDocument,
      canvases: async () => browserCanvases,
    }),
    (message) => postMessage(message),
  );
  addEventListener('message', ({ data }: MessageEvent<DocumentRequest>) => void serve(data));
}
