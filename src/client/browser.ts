import { failure } from '../contract/errors.js';
import type { Device } from '../engines/device.js';
import { IndexedDbStore } from '../store/indexeddb/store.js';
import { MemoryStore } from '../store/memory/store.js';
import type { ModelUrls } from '../worker/settings.js';
import { assetUrls, type Platform, type WorkerHandle } from './platform.js';

// Addresses are relative to dist/index.js, where this file ends up, and are written out one by one so that
// bundlers see them, copy the files and put the new address in. The worker is one self-contained file: it
// is copied like the rest, not bundled a second time.
const WORKERS: Readonly<Record<Device, () => string>> = {
  wasm: () => new URL('./worker.js', import.meta.url).href,
  webgpu: () => new URL('./worker-webgpu.js', import.meta.url).href,
};
const COPIED = { wasm: 'dist/worker.js', webgpu: 'dist/worker-webgpu.js' } as const;
const RUNTIME = () => ({
  runtime: {
    wasm: {
      glue: new URL('./ort/ort-wasm-simd-threaded.mjs', import.meta.url).href,
      wasm: new URL('./ort/ort-wasm-simd-threaded.wasm', import.meta.url).href,
    },
    webgpu: {
      glue: new URL('./ort/ort-wasm-simd-threaded.jspi.mjs', import.meta.url).href,
      wasm: new URL('./ort/ort-wasm-simd-threaded.jspi.wasm', import.meta.url).href,
    },
  },
  documents: {
    thread: new URL('./documents.js', import.meta.url).href,
    pdf: new URL('./pdf.js', import.meta.url).href,
    docx: new URL('./docx.js', import.meta.url).href,
    pictures: new URL('./pictures.js', import.meta.url).href,
    charMaps: new URL('./pdf-char-maps.bin', import.meta.url).href,
    drawing: new URL('./pdf-drawing.bin', import.meta.url).href,
    ocrCore: new URL('./ocr-core.wasm', import.meta.url).href,
    ocrLanguages: [new URL('./ocr-english.bin', import.meta.url).href],
    photo: {
      classifier: new URL('../models/classer-photo/classifier.onnx', import.meta.url).href,
      classes: new URL('../models/classer-photo/classes.json', import.meta.url).href,
    },
  },
  models: new URL('./models.js', import.meta.url).href,
});
const MODELS: Readonly<Record<string, () => ModelUrls>> = {
  'classer-embed': () => ({
    encoder: new URL('../models/classer-embed/encoder.onnx', import.meta.url).href,
    head: new URL('../models/classer-embed/head.onnx', import.meta.url).href,
    tokenizer: new URL('../models/classer-embed/tokenizer.json', import.meta.url).href,
  }),
  'nli-mini': () => ({
    classifier: new URL('../models/nli-mini/onnx/model_quantized.onnx', import.meta.url).href,
    tokenizer: new URL('../models/nli-mini/tokenizer.json', import.meta.url).href,
  }),
};

/** Module workers on a page. */
export const browser: Platform = {
  start(base, device = 'wasm') {
    // A worker that dies leaves no event behind; the lock it held is the sign.
    const lock = `classer-local ${Math.random().toString(36).slice(2)}`;
    return watch(
      new Worker(base ? under(base, COPIED[device]) : WORKERS[device](), { type: 'module', name: lock }),
      lock,
    );
  },
  urls(base, model, spec) {
    if (!base) return { model: MODELS[model]?.() ?? {}, ...RUNTIME() };
    return assetUrls(spec, { documents: 'documents', models: 'models' }, (path) => under(base, path));
  },
  machine: () => ({
    cores: navigator.hardwareConcurrency || 1,
    // Not every browser tells.
    memory: (navigator as { deviceMemory?: number }).deviceMemory ?? 4,
    threads: globalThis.crossOriginIsolated === true,
  }),
  // The runtime's build for WebGPU waits for the card by JavaScript Promise Integration.
  webgpu: () => 'gpu' in navigator && 'Suspending' in WebAssembly,
  async store(name = 'classer-local') {
    if (name === 'memory') return new MemoryStore();
    try {
      return await IndexedDbStore.open(name);
    } catch (error) {
      // Private windows and blocked storage: everything works, and is forgotten with the page.
      console.warn('classer-local: this browser keeps nothing for the page; saved classifiers end with it.', error);
      return new MemoryStore();
    }
  },
};

function under(base: string, path: string): string {
  try {
    return new URL(path, new URL(base.endsWith('/') ? base : `${base}/`, document.baseURI)).href;
  } catch (cause) {
    throw failure('VALIDATION_ERROR', `assets is no URL: ${base}`, { field: 'assets' }, cause);
  }
}

function watch(worker: Worker, lock: string): WorkerHandle {
  const listeners = new Set<(why: string) => void>();
  const die = (why: string) => {
    for (const listener of listeners) listener(why);
    listeners.clear();
  };
  worker.addEventListener('error', (event) => {
    die(event.message || 'its script could not be loaded.');
  });
  worker.addEventListener('messageerror', () => die('a message could not be read.'));
  const given = new AbortController();
  const started = (event: MessageEvent) => {
    if (event.data !== 'locked') return;
    worker.removeEventListener('message', started);
    const gone = () => die('its thread ended.');
    navigator.locks.request(lock, { signal: given.signal }, gone).catch(() => undefined);
  };
  worker.addEventListener('message', started);
  return {
    endpoint: worker,
    onDeath: (listener) => listeners.add(listener),
    terminate() {
      listeners.clear();
      given.abort();
      worker.terminate();
    },
    hold: () => undefined,
  };
}
