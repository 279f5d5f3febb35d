import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import { build, type Plugin, type Rolldown } from 'vite';
import type { Precache, PrecachedFile } from '../service-worker/precache.js';

/** Emits sw.js: the service worker, preceded by a list of all built files with their hashes. */
export function precache(): Plugin {
  return {
    name: 'demo-precache',
    apply: 'build',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      async handler(_options, bundle) {
        const files = Object.values(bundle).map(listed);
        const code = await serviceWorker();
        const version = sha256(code + JSON.stringify(files)).slice(0, 12);
        const list: Precache = { version, files };
        this.emitFile({
          type: 'asset',
          fileName: 'sw.js',
          source: `const PRECACHE = ${JSON.stringify(list)};\n${code}`,
        });
      },
    },
  };
}

/** What only scans and pictures need, with the model of photographs; what other models and WebGPU need: nobody asks here. */
const LATER =
  /^assets\/(worker-webgpu|ort-wasm-simd-threaded\.jspi|ocr|pictures|pdf-drawing|classifier|classes|models|model_quantized)[-.]/;

function listed(output: Rolldown.OutputAsset | Rolldown.OutputChunk): PrecachedFile {
  const source = output.type === 'chunk' ? output.code : output.source;
  // A visitor asks for the folder, not for the page's file.
  const url = output.fileName === 'index.html' ? './' : output.fileName;
  return { url, bytes: Buffer.byteLength(source), sha256: sha256(source), later: LATER.test(url) };
}

const sha256 = (source: string | Uint8Array): string => createHash('sha256').update(source).digest('hex');

async function serviceWorker(): Promise<string> {
  const input = resolve(import.meta.dirname, '../service-worker/sw.ts');
  const result = await build({
    configFile: false,
    logLevel: 'warn',
    build: {
      write: false,
      modulePreload: false,
      rolldownOptions: { input, output: { format: 'iife', entryFileNames: 'sw.js' } },
    },
  });
  if (!('output' in result)) throw new Error('The service worker was not built.');
  return result.output[0].code;
}
