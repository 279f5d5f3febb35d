import { defineConfig, type Plugin } from 'rolldown';
import { notices } from './build/notices.ts';
import { OCR, ocrFiles, ocrInThreads } from './build/ocr.ts';
import { charMaps, drawing, embedded } from './build/pdf.ts';
import { executable, onWebGpu, RUNTIME, runtimeFiles, runtimeInNode } from './build/runtime.ts';
import { sibling } from './build/sibling.ts';

// ONNX Runtime without its wasm inlined.
const CONDITIONS = ['onnxruntime-web-use-extern-wasm', 'import', 'default'];

/** Loaded as they are, past any bundler. */
const AS_THEY_ARE = ['worker', 'worker-webgpu', 'models', 'documents', 'pdf', 'docx', 'pictures'];

/**
 * Each entry is one self-contained file, so that a bundler may copy the worker as it is; nobody minifies that
 * after us, so it is minified here.
 */
const entry = (name: string, input: string, platform: 'browser' | 'node', ...plugins: Plugin[]) =>
  defineConfig({
    input,
    platform,
    // Native, and installed beside this package, or not.
    external: ['@napi-rs/canvas'],
    resolve: { conditionNames: [platform, ...CONDITIONS] },
    output: {
      file: `dist/${name}.js`,
      // A service worker may be a module or not: what exports nothing can be both.
      format: name === 'service-worker' ? 'iife' : 'esm',
      codeSplitting: false,
      minify: AS_THEY_ARE.includes(name),
    },
    plugins: [notices(RUNTIME, ...OCR), ...plugins],
  });

export default [
  entry('index', 'src/index.ts', 'browser', runtimeFiles),
  entry('worker', 'src/worker/browser.ts', 'browser'),
  entry('worker-webgpu', 'src/worker/browser.ts', 'browser', onWebGpu),
  entry('node', 'src/node/index.ts', 'node'),
  entry('node-worker', 'src/node/worker.ts', 'node', runtimeInNode),
  entry('cli', 'src/node/cli/main.ts', 'node', executable('dist/cli.js')),
  entry('models', 'src/models.ts', 'browser'),
  entry('models-node', 'src/node/models.ts', 'node'),
  entry('documents', 'src/worker/documents-browser.ts', 'browser'),
  entry('documents-node', 'src/node/documents.ts', 'node'),
  // The same in pages and in Node.
  entry('pdf', 'src/documents/pdf/read.ts', 'browser', embedded, charMaps, drawing),
  entry('docx', 'src/documents/docx/read.ts', 'browser'),
  entry('pictures', 'src/documents/picture/index.ts', 'browser', ocrInThreads, ocrFiles),
  entry('test', 'src/testing/index.ts', 'browser'),
  entry('test-node', 'src/node/testing.ts', 'node'),
  entry('service-worker', 'src/service-worker/index.ts', 'browser'),
  entry('http', 'src/http.ts', 'browser', sibling),
  entry('http-node', 'src/node/http.ts', 'node', sibling),
  entry('register', 'src/node/register.ts', 'node', sibling),
];
