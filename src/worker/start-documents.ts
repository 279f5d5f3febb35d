import type { Thread } from './documents.js';

const NAME = 'classer-local documents';

/** Whether this is such a thread. */
export const isDocumentThread = (): boolean => typeof document === 'undefined' && self.name === NAME;

/** Starts a browser's thread for documents. */
export function startDocuments(url: string): Thread {
  const worker = new Worker(url, { type: 'module', name: NAME });
  return {
    post: (message) => worker.postMessage(message),
    listen(onReply, onDeath) {
      worker.onmessage = ({ data }) => onReply(data);
      worker.onerror = (event) => {
        event.preventDefault();
        onDeath(event.message || 'its script could not be loaded');
      };
    },
    terminate: () => worker.terminate(),
  };
}
