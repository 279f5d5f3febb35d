import type { Endpoint } from '../bridge/bridge.js';
import { type EmbedModel, loadedFiles } from '../engines/manifest.js';
import type { Store } from '../store/store.js';
import type { DocumentUrls } from '../worker/lazy-documents.js';
import type { AssetUrls } from '../worker/load.js';

/** A running worker, whatever the environment calls one. */
export interface WorkerHandle {
  readonly endpoint: Endpoint;
  /** Calls back once if the worker dies without having been told to. */
  onDeath(listener: (why: string) => void): void;
  terminate(): void;
  /** While held, the worker keeps the process alive; a page takes no notice. */
  hold(busy: boolean): void;
}

/** What differs between a page and Node. */
export interface Platform {
  /** `base` is the folder that the assets were copied to, when they do not lie beside the module. */
  start(base: string | undefined): WorkerHandle;
  urls(base: string | undefined, files: EmbedModel['files']): AssetUrls;
  /** Threads that a model may take here. */
  threads(): number;
  /** Opens what is kept under a name, the usual place when there is none. */
  store(name: string | undefined): Promise<Store>;
}

/** Addresses of everything, laid out in a folder as in the package; `thread` names the reader of documents. */
export function assetUrls(files: EmbedModel['files'], thread: string, at: (path: string) => string): AssetUrls {
  const model = Object.fromEntries(loadedFiles(files).map((file) => [file, at(`models/${files[file]?.path}`)]));
  return {
    model: model as AssetUrls['model'],
    glue: at('dist/ort/ort-wasm-simd-threaded.mjs'),
    wasm: at('dist/ort/ort-wasm-simd-threaded.wasm'),
    documents: documentUrls(thread, at),
  };
}

/** Those of what reads documents. */
export const documentUrls = (thread: string, at: (path: string) => string): DocumentUrls => ({
  thread: at(`dist/${thread}.js`),
  pdf: at('dist/pdf.js'),
  docx: at('dist/docx.js'),
  pictures: at('dist/pictures.js'),
  charMaps: at('dist/pdf-char-maps.bin'),
  drawing: at('dist/pdf-drawing.bin'),
  ocrCore: at('dist/ocr-core.wasm'),
  ocrLanguages: [at('dist/ocr-english.bin')],
  photo: { classifier: at('models/classer-photo/classifier.onnx'), classes: at('models/classer-photo/classes.json') },
});
