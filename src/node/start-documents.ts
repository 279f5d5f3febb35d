import { Worker } from 'node:worker_threads';
import type { Thread } from '../worker/documents.js';

/** Tells the thread what it is. */
export const DOCUMENT_THREAD = 'classer-local documents';

/** Megabytes that JavaScript may take for one document. */
const HEAP = 768;

/** Starts Node's thread for documents. */
export function startDocuments(url: string): Thread {
  const worker = new Worker(new URL(url), {
    name: DOCUMENT_THREAD,
    workerData: DOCUMENT_THREAD,
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: HEAP, maxYoungGenerationSizeMb: 64 },
  });
  worker.unref();
  return {
    post: (message) => worker.postMessage(message),
    listen(onReply, onDeath) {
      worker.on('message', onReply);
      worker.on('error', ({ message }) => onDeath(message));
      worker.on('exit', (code) => onDeath(`its thread ended with code ${code}`));
    },
    terminate: () => void worker.terminate().catch(() => undefined),
  };
}
