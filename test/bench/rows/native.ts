import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Measurement } from '../bench.js';
import { callPage, openPage } from '../browser.js';
import { type EncoderTimer, openEncoder } from '../encoder.js';
import { model } from '../folders.js';
import { median } from '../interleave.js';
import { openNative } from '../native.js';
import { toRow } from '../row.js';

const TOKENS = 64;
const ROUNDS = 9;
const RUNS = 3;
/** Runs until WebAssembly's better code is there. */
const WARM = 80;

/** The encoder alone, one thread: WebAssembly in Chromium and in Node against native ONNX Runtime. */
export const native: Measurement = async ({ browser, plain }) => {
  const weights = join(model, 'encoder.onnx');
  const page = await openPage(browser, `${plain.url}/encoder.html`);
  const inPage: EncoderTimer = (runs) => callPage(page, { tokens: TOKENS, runs });
  const inNode = await openEncoder(readFileSync(weights), TOKENS);
  const python = await openNative(weights, TOKENS);
  const timers = { chromium: inPage, node: inNode, ...('time' in python && { native: python.time }) };
  const times = await inTurn(timers);
  if ('close' in python) await python.close();
  await page.close();
  const medians = Object.entries(times).map(([name, values]) => [`${name}_ms`, median(values)]);
  // On a busy machine the shortest runs say more than the medians do.
  const least = Object.entries(times).map(([name, values]) => [`${name}_least_ms`, Math.min(...values)]);
  const figures: Record<string, number> = Object.fromEntries([...medians, ...least]);
  return (['node', 'chromium'] as const).map((where) => {
    const measured = median(times[where] ?? []) / median(times['native'] ?? []);
    return toRow({
      name: where === 'node' ? 'native-1t' : `native-1t-${where}`,
      what: `encoder, ${TOKENS} tokens, 1 thread: WebAssembly in ${where} against native`,
      ...('version' in python && { ratio: measured }),
      goal: { at: 'most', value: 3.3 },
      figures,
      note: 'version' in python ? `onnxruntime ${python.version} in Python` : `not measured: ${python.why}`,
    });
  });
};

/** A few runs of each in turn, once all are warm. */
async function inTurn(timers: Readonly<Record<string, EncoderTimer>>): Promise<Record<string, number[]>> {
  const times = Object.fromEntries(Object.keys(timers).map((name): [string, number[]] => [name, []]));
  for (const timer of Object.values(timers)) await timer(WARM);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, timer] of Object.entries(timers)) times[name]?.push(...(await timer(RUNS)));
  }
  return times;
}
