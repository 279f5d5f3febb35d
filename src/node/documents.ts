import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import { type DocumentRequest, serveDocuments } from '../worker/document-thread.js';
import { DocumentThreads } from '../worker/documents.js';
import type { DocumentModule } from '../worker/lazy-documents.js';
import { fetchDocument } from './fetch-document.js';
import { DOCUMENT_THREAD, startDocuments } from './start-documents.js';

/** Imported, it starts threads of itself. */
export const openDocuments: DocumentModule['openDocuments'] = (settings) =>
  new DocumentThreads(startDocuments, settings);

const port = parentPort;
if (port && workerData === DOCUMENT_THREAD) {
  // A promise that pdf.js forgets must not end the thread.
  process.on('unhandledRejection', () => undefined);
  const serve = serveDocuments(
    ({ urls, policy }) => ({
      pdf: () => import(urls.pdf),
      docx: () => import(urls.docx),
      charMaps: async () => new Uint8Array(await readFile(fileURLToPath(urls.charMaps))),
      fetchFile: fetchDocument(policy),
    }),
    (message) => port.postMessage(message),
  );
  port.on('message', (request: DocumentRequest) => void serve(request));
}
