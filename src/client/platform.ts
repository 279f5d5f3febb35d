import type { Endpoint } from '../bridge/bridge.js';
import type { Device } from '../engines/device.js';
import { loadedFiles, type ModelSpec } from '../engines/manifest.js';
import type { Store } from '../store/store.js';
import type { DocumentUrls } from '../worker/lazy-documents.js';
import type { AssetUrls, RuntimeUrls } from '../worker/settings.js';
import type { Machine } from './machine.js';

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
  start(base: string | undefined, device?: Device): WorkerHandle;
  urls(base: string | undefined, model: string, spec: ModelSpec): AssetUrls;
  machine(): Machine;
  /** Whether WebGPU can be tried here. */
  webgpu(): boolean;
  /** Opens what is kept under a name, the usual place when there is none. */
  store(name: string | undefined): Promise<Store>;
}

/** Addresses of everything, laid out in a folder as in the package; `modules` names those that differ in Node. */
export function assetUrls(
  spec: ModelSpec,
  modules: { readonly documents: string; readonly models: string },
  at: (path: string) => string,
): AssetUrls {
  return {
    model: Object.fromEntries(loadedFiles(spec).map(({ role, file }) => [role, at(`models/${file.path}`)])),
    runtime: {
      wasm: runtimeUrls('ort-wasm-simd-threaded', at),
      webgpu: runtimeUrls('ort-wasm-simd-threaded.jspi', at),
    },
    documents: documentUrls(modules.documents, at),
    models: at(`dist/${modules.models}.js`),
  };
}

const runtimeUrls = (name: string, at: (path: string) => string): RuntimeUrls => ({
  glue: at(`dist/ort/${name}.mjs`),
  wasm: at(`dist/ort/${name}.wasm`),
});

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
