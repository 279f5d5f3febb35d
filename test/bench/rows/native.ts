import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Measurement } from '../bench.js';
import { callPage, openPage } from '../browser.js';
import { openChild } from '../child.js';
import { type EncoderTimer, openEncoder } from '../encoder.js';
import { model } from '../folders.js';
import { median } from '../interleave.js';
import { toRow } from '../row.js';

const TOKENS = 64;
const ROUNDS = 9;
const RUNS = 3;
/** Runs until WebAssembly's better code is there. */
const WARM = 80;

/** The encoder alone, one thread: WebAssembly in Node and in Chromium against native ONNX Runtime. */
export const native: Measurement = async ({ browser, plain }) => {
  const weights = join(model, 'encoder.onnx');
  await using child = openChild<number, number[]>('native', weights, String(TOKENS));
  const page = await openPage(browser, `${plain.url}/encoder.html`);
  const inNode = await openEncoder(readFileSync(weights), TOKENS);
  const times = await inTurn({
    Node: inNode,
    Chromium: (runs) => callPage(page, { tokens: TOKENS, runs }),
    native: (runs) => child.ask(runs),
  });
  await page.close();
  return (['Node', 'Chromium'] as const).map((where) =>
    toRow({
      name: 'native-1t',
      where,
      ratio: median(times[where]) / median(times.native),
      figures: {
        ours_ms: median(times[where]),
        native_ms: median(times.native),
        // On a busy machine the shortest runs say more than the medians do.
        ours_least_ms: Math.min(...times[where]),
        native_least_ms: Math.min(...times.native),
      },
    }),
  );
};

/** A few runs of each in turn, once all are warm. */
async function inTurn<Name extends string>(
  timers: Readonly<Record<Name, EncoderTimer>>,
): Promise<Record<Name, number[]>> {
  const names = Object.keys(timers) as Name[];
  const times = Object.fromEntries(names.map((name): [string, number[]] => [name, []])) as Record<Name, number[]>;
  for (const name of names) await timers[name](WARM);
  for (let round = 0; round < ROUNDS; round++) {
    for (const name of names) times[name].push(...(await timers[name](RUNS)));
  }
  return times;
}
