import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'rolldown';

/** The repository's root. */
export const root = resolve(import.meta.dirname, '../..');
/** The embedded model's folder. */
export const model = join(root, 'models/classer-embed');

/** A temporary folder with what the bench serves beside the package. */
export interface Stage extends AsyncDisposable {
  readonly path: string;
}

/** Lays out the page's scripts and the same weights as transformers.js wants them. */
export async function stage(): Promise<Stage> {
  if (!existsSync(join(root, 'dist/index.js')))
    throw new Error('There is no dist/index.js; run `npm run build` first.');
  const path = mkdtempSync(join(tmpdir(), 'classer-bench-'));
  layHub(join(path, 'hub/encoder'));
  await buildPages(path);
  return {
    path,
    async [Symbol.asyncDispose]() {
      rmSync(path, { recursive: true });
    },
  };
}

function layHub(folder: string): void {
  mkdirSync(join(folder, 'onnx'), { recursive: true });
  copyFileSync(join(model, 'encoder.onnx'), join(folder, 'onnx/model_quantized.onnx'));
  copyFileSync(join(model, 'tokenizer.json'), join(folder, 'tokenizer.json'));
  writeFileSync(join(folder, 'config.json'), JSON.stringify({ model_type: 'bert' }));
  const tokenizer = { tokenizer_class: 'BertTokenizer', model_max_length: 512 };
  writeFileSync(join(folder, 'tokenizer_config.json'), JSON.stringify(tokenizer));
}

/** The scripts of `page/` that are pages. */
const PAGES = 'answer batch encoder labels long pairs pdf-bare pdf-ours pdf-text pool start start-peer threads'.split(
  ' ',
);

/** transformers.js pins a runtime of its own; here everything runs on the one that the package ships. */
async function buildPages(folder: string): Promise<void> {
  const runtime = fileURLToPath(import.meta.resolve('onnxruntime-web/ort-wasm-simd-threaded.wasm'));
  const ort = join(runtime, '../ort.wasm.min.mjs');
  for (const name of PAGES) {
    await build({
      input: join(import.meta.dirname, `page/${name}.ts`),
      platform: 'browser',
      logLevel: 'warn',
      // The package itself is loaded as the files it ships.
      external: [/^\/dist\//],
      resolve: {
        conditionNames: ['browser', 'import', 'default'],
        alias: { 'onnxruntime-web/webgpu': ort, 'onnxruntime-web/wasm': ort, 'onnxruntime-common': ort },
      },
      output: { file: join(folder, `page/${name}.js`), format: 'esm', codeSplitting: false },
    });
  }
}
