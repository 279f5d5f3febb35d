import { chmodSync, copyFileSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'rolldown';

/** ONNX Runtime's wasm and its glue: static files, so that threads and strict content policies can use them. */
const FILES = ['', '.jspi'].flatMap((build) => ['mjs', 'wasm'].map((kind) => `ort-wasm-simd-threaded${build}.${kind}`));
export const RUNTIME = fileURLToPath(import.meta.resolve('onnxruntime-web/ort-wasm-simd-threaded.wasm'));

/** Puts the runtime's files into dist/ort. */
export const runtimeFiles: Plugin = {
  name: 'runtime-files',
  writeBundle() {
    mkdirSync('dist/ort', { recursive: true });
    for (const file of FILES) copyFileSync(join(dirname(RUNTIME), file), join('dist/ort', file));
  },
};

/**
 * ONNX Runtime imports its threads' script directly only when that has the page's origin, and otherwise makes
 * a blob of it, which Node cannot import. Node has no origin; here it gets that of file URLs, which is "null".
 */
export const runtimeInNode: Plugin = {
  name: 'runtime-in-node',
  transform(code, id) {
    if (!id.endsWith('ort.wasm.min.mjs')) return undefined;
    const origin = /typeof location>"u"\?void 0:location\.origin/;
    if (!origin.test(code)) throw new Error('onnxruntime-web has changed: look for its origin check anew.');
    return code.replace(origin, '"null"').replaceAll('import.meta.url', '"runtime:/"');
  },
};

/** The same worker on the runtime's build for WebGPU. Of its three the one that waits by JSPI is the smallest by far. */
export const onWebGpu: Plugin = {
  name: 'on-webgpu',
  resolveId: {
    order: 'pre',
    handler(source, importer) {
      if (source !== 'onnxruntime-web/wasm') return undefined;
      return this.resolve('onnxruntime-web/jspi', importer, { skipSelf: true });
    },
  },
};

/** Lets the command be run as it is. */
export const executable = (file: string): Plugin => ({
  name: 'executable',
  writeBundle: () => chmodSync(file, 0o755),
});
