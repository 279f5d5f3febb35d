import { copyFileSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'rolldown';

// ONNX Runtime without its wasm inlined: static files that threads and strict content policies can use.
const conditionNames = ['onnxruntime-web-use-extern-wasm', 'import', 'default'];
const RUNTIME = ['ort-wasm-simd-threaded.mjs', 'ort-wasm-simd-threaded.wasm'];

/** Each entry is one self-contained file, so that a bundler may copy the worker as it is. */
const entry = (name: string, input: string, platform: 'browser' | 'node') =>
  defineConfig({
    input,
    platform,
    resolve: { conditionNames: platform === 'node' ? ['node', ...conditionNames] : ['browser', ...conditionNames] },
    output: { file: `dist/${name}.js`, format: 'esm', codeSplitting: false, comments: { legal: true } },
    plugins: [{ name: 'runtime-files', buildEnd: copyRuntime }, ...(platform === 'node' ? [runtimeInNode] : [])],
  });

/**
 * ONNX Runtime imports its threads' script directly only when that has the page's origin, and otherwise makes
 * a blob of it, which Node cannot import. Node has no origin; here it gets that of file URLs, which is "null".
 */
const runtimeInNode = {
  name: 'runtime-in-node',
  transform(code: string, id: string): string | undefined {
    if (!id.endsWith('ort.wasm.min.mjs')) return undefined;
    const origin = /typeof location>"u"\?void 0:location\.origin/;
    if (!origin.test(code)) throw new Error('onnxruntime-web has changed: look for its origin check anew.');
    return code.replace(origin, '"null"').replaceAll('import.meta.url', '"runtime:/"');
  },
};

function copyRuntime(): void {
  const from = dirname(fileURLToPath(import.meta.resolve('onnxruntime-web/ort-wasm-simd-threaded.wasm')));
  mkdirSync('dist/ort', { recursive: true });
  for (const file of RUNTIME) copyFileSync(join(from, file), join('dist/ort', file));
}

export default [
  entry('index', 'src/index.ts', 'browser'),
  entry('worker', 'src/worker/browser.ts', 'browser'),
  entry('node', 'src/node/index.ts', 'node'),
  entry('node-worker', 'src/node/worker.ts', 'node'),
  entry('cli', 'src/node/cli/main.ts', 'node'),
  entry('http', 'src/http/index.ts', 'node'),
];
