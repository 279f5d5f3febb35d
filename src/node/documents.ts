import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import { type DocumentRequest, serveDocuments } from '../worker/document-thread.js';
import { DocumentThreads } from '../worker/documents.js';
import { fetchFile } from '../worker/fetch.js';
import type { DocumentModule } from '../worker/lazy-documents.js';
import { photographs } from '../worker/photographs.js';
import { readersIn } from '../worker/readers.js';
import { nodeCanvases } from './canvases.js';
import { fetchDocument } from './fetch-document.js';
import { DOCUMENT_THREAD, startDocuments } from './start-documents.js';

/** Imported, it starts threads of itself. */
export const openDocuments: DocumentModule['openDocuments'] = (settings, openGraph) =>
  new DocumentThreads(startDocuments, settings, photographs(settings, fetchAsset, openGraph));

/** A file beside us, or what an option names by its URL. */
const fetchAsset = async (url: string): Promise<Uint8Array<ArrayBuffer>> =>
  url.startsWith('file:')
    ? new Uint8Array(await readFile(fileURLToPath(url)))
    : fetchFile(url, new AbortController().signal, () => undefined);

const port = parentPort;
if (port && workerData === DOCUMENT_THREAD) {
  // A promise that pdf.js forgets must not end the thread.
  process.on('unhandledRejection', () => undefined);
  const serve = serveDocuments(readersIn({ fetchAsset, fetchDocument, canvases: nodeCanvases }), (message) =>
    port.postMessage(message),
  );
  port.on('message', (request: DocumentRequest) => void serve(request));
}
