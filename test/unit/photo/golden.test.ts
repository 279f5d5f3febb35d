import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import type { Manifest } from '../../../src/engines/manifest.js';
import { configureRuntime, Session } from '../../../src/engines/onnx.js';
import { PhotoClassifier } from '../../../src/engines/photo/classifier.js';

/** `models/classer-photo/golden.json`. */
interface Golden {
  readonly tolerance: number;
  readonly cases: readonly {
    steps: [number, number, number];
    photograph: number;
    others: readonly number[];
    chances: Record<string, number>;
  }[];
}

const read = async (path: string) => new Uint8Array(await readFile(path));
const parsed = async (path: string) => JSON.parse(await readFile(path, 'utf8'));

/** The pattern of `models/training/photo_golden.py`. */
function pattern(steps: readonly number[], side: number): Uint8ClampedArray {
  const rgba = new Uint8ClampedArray(4 * side * side);
  for (let i = 0; i < side * side; i++) {
    const [x, y] = [i % side, Math.floor(i / side)];
    for (let c = 0; c < 3; c++) {
      rgba[4 * i + c] = (x * (steps[c] ?? 0) + y * (steps[(c + 1) % 3] ?? 0) + Math.floor((x * y) / 64)) % 256;
    }
  }
  return rgba;
}

test('the graph gives its golden answers', async () => {
  const ort = (file: string) => pathToFileURL(`dist/ort/${file}`).href;
  configureRuntime({
    glue: ort('ort-wasm-simd-threaded.mjs'),
    wasm: ort('ort-wasm-simd-threaded.wasm'),
    binary: await read('dist/ort/ort-wasm-simd-threaded.wasm'),
    threads: 1,
    device: 'wasm',
  });
  const { photo }: Manifest = await parsed('models/manifest.json');
  if (!photo) throw new Error('The manifest has no model of photographs.');
  const urls = { classifier: photo.files.classifier.path, classes: photo.files.classes.path };
  const eye = await PhotoClassifier.open(photo, urls, (path) => read(`models/${path}`), Session.open);
  const golden: Golden = await parsed('models/classer-photo/golden.json');
  const classes: string[] = await parsed('models/classer-photo/classes.json');
  const effort = { signal: new AbortController().signal, urgency: 'interactive' as const };
  for (const { steps, photograph, others, chances } of golden.cases) {
    const sight = await eye.look({ rgba: pattern(steps, photo.classifier.side) }, effort);
    expect(Math.abs(sight.photograph - photograph)).toBeLessThan(golden.tolerance);
    for (const [i, { chance }] of sight.others.entries()) {
      expect(Math.abs(chance - (others[i] ?? Number.NaN))).toBeLessThan(golden.tolerance);
    }
    // The engine keeps the likeliest alone, whose chances it makes add up to 1 again: their ratios stay.
    const [[first, most] = ['0', 1]] = Object.entries(chances).sort(([, a], [, b]) => b - a);
    const top = sight.shows.find(({ text }) => text === classes[Number(first)])?.chance ?? Number.NaN;
    for (const [place, chance] of Object.entries(chances)) {
      const found = sight.shows.find(({ text }) => text === classes[Number(place)])?.chance ?? Number.NaN;
      expect(Math.abs((found / top) * most - chance)).toBeLessThan(golden.tolerance);
    }
  }
});
