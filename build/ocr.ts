import { copyFileSync, mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'rolldown';

const at = (name: string) => fileURLToPath(import.meta.resolve(name));

/** What Tesseract reads with. The smaller of the two English data is as good and a third of the other's size. */
const FILES = {
  'ocr-core.wasm': at('tesseract.js-core/tesseract-core-simd-lstm.wasm'),
  'ocr-english.bin': at('@tesseract.js-data/eng/4.0.0_best_int/eng.traineddata.gz'),
};
export const OCR = Object.values(FILES);

/** Puts them into dist; no name ends in .gz, which some servers would send unpacked. */
export const ocrFiles: Plugin = {
  name: 'ocr-files',
  writeBundle() {
    mkdirSync('dist', { recursive: true });
    for (const [name, file] of Object.entries(FILES)) copyFileSync(file, `dist/${name}`);
  },
};

/**
 * One build for pages and Node: given its wasm, Tesseract's glue needs neither Node's modules nor an address to fetch from.
 */
export const ocrInThreads: Plugin = {
  name: 'ocr-in-threads',
  transform(code, id) {
    if (!/tesseract-core-[\w-]+\.js$/.test(id)) return undefined;
    const node = /"object"==typeof process&&process\.versions\?\.node&&"renderer"!=process\.type/;
    if (!node.test(code)) throw new Error('tesseract.js-core has changed: look for its check for Node anew.');
    return code.replace(node, 'false').replace(/require\("(fs|crypto)"\)/g, 'undefined');
  },
};
