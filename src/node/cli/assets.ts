import { cp } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { failure, invalid } from '../../contract/errors.js';
import { loadedFiles, type Manifest } from '../../engines/manifest.js';
import { makeFolder } from '../../store/file/folder.js';

const RUNTIME = ['dist/worker.js', 'dist/ort/ort-wasm-simd-threaded.mjs', 'dist/ort/ort-wasm-simd-threaded.wasm'];
const ON_DEMAND = [
  ...['worker-webgpu.js', 'ort/ort-wasm-simd-threaded.jspi.mjs', 'ort/ort-wasm-simd-threaded.jspi.wasm'],
  ...['models.js', 'documents.js', 'pdf.js', 'docx.js', 'pictures.js'],
  ...['pdf-char-maps.bin', 'pdf-drawing.bin', 'ocr-core.wasm', 'ocr-english.bin'],
].map((file) => `dist/${file}`);

/** Copies what a page loads at run time, laid out for the `assets` option. */
export async function copyAssets(target: string | undefined, manifest: Manifest): Promise<string[]> {
  if (!target) throw invalid('DIR', 'classer assets needs a folder to copy to.');
  const models = Object.values(manifest.models).flatMap((spec) =>
    loadedFiles(spec).map(({ file }) => `models/${file.path}`),
  );
  const photo = Object.values(manifest.photo?.files ?? {}).map(({ path }) => `models/${path}`);
  const paths = [...RUNTIME, ...ON_DEMAND, ...models, ...photo];
  try {
    for (const path of paths) {
      await makeFolder(dirname(join(target, path)));
      await cp(fileURLToPath(new URL(`../${path}`, import.meta.url)), join(target, path));
    }
  } catch (cause) {
    throw failure(
      'BAD_REQUEST',
      `${target} cannot be written to: ${(cause as Error).message}`,
      { field: 'DIR' },
      cause,
    );
  }
  return paths;
}
