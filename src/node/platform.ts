import { availableParallelism, totalmem } from 'node:os';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { nodeEndpoint } from '../bridge/node.js';
import { assetUrls, type Platform } from '../client/platform.js';
import { FileStore } from '../store/file/store.js';
import { MemoryStore } from '../store/memory/store.js';
import { home } from './home.js';

/** Worker threads in Node. Addresses are relative to dist/, where this file ends up. */
export const node: Platform = {
  start() {
    const worker = new Worker(new URL('./node-worker.js', import.meta.url), {
      name: 'classer-local',
      // Flags of the program, such as --input-type, are not for us.
      execArgv: [],
    });
    worker.unref();
    const listeners = new Set<(why: string) => void>();
    const die = (why: string) => {
      for (const listener of listeners) listener(why);
      listeners.clear();
    };
    worker.on('error', (error) => die(error.message));
    worker.on('exit', (code) => die(`its thread ended with code ${code}.`));
    return {
      endpoint: nodeEndpoint(worker),
      onDeath: (listener) => listeners.add(listener),
      terminate() {
        listeners.clear();
        worker.terminate().catch(() => undefined);
      },
      hold: (busy) => (busy ? worker.ref() : worker.unref()),
    };
  },
  urls(base, _model, spec) {
    const root = base ? folder(base) : new URL('../', import.meta.url);
    return assetUrls(spec, { documents: 'documents-node', models: 'models-node' }, (path) => new URL(path, root).href);
  },
  machine: () => ({ cores: availableParallelism(), memory: totalmem() / 2 ** 30, threads: true }),
  webgpu: () => false,
  store: async (name = home()) => (name === 'memory' ? new MemoryStore() : new FileStore(resolve(name))),
};

/** A folder given as path or file URL. */
function folder(base: string): URL {
  const url = base.startsWith('file:') ? base : pathToFileURL(base).href;
  return new URL(url.endsWith('/') ? url : `${url}/`);
}
