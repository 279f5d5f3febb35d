import type { Measurement } from '../bench.js';
import { callPage, openBrowser, openPage, peakMemory } from '../browser.js';
import { openChild } from '../child.js';
import { median } from '../interleave.js';
import { type Place, type Row, toRow } from '../row.js';
import { longText } from '../text.js';

const SHORT = longText(10_000);
// A little less than a request may have, as tokens of the text are only about as many as asked for.
const LONG = longText(990_000);

/** Whether a text of a million tokens costs as much a token as a shorter one, and the same memory; in Node. */
export const longNode: Measurement = async () => {
  await using child = openChild<string, Reading>('long');
  return await compare('Node', (text) => child.ask(text));
};

/** The same in a page. */
export const longPage: Measurement = async ({ plain }) => {
  // A browser of its own, so that nothing else of the bench counts in its memory.
  await using browser = await openBrowser();
  const page = await openPage(browser, `${plain.url}/long.html`);
  return await compare('Chromium', async (text) => {
    const pace = await callPage<number>(page, text);
    return { pace, peak: await peakMemory(browser) };
  });
};

interface Reading {
  /** Microseconds a token. */
  readonly pace: number;
  /** The most bytes taken so far. */
  readonly peak: number;
}

async function compare(where: Place, read: (text: string) => Promise<Reading>): Promise<Row[]> {
  // WebAssembly's better code is not there at once.
  await read(SHORT);
  // A short one before and after, so that a machine that gets slower is seen by both.
  const before = await read(SHORT);
  const whole = await read(LONG);
  const after = await read(SHORT);
  const short = median([before.pace, after.pace]);
  const megabytes = (bytes: number) => bytes / 1e6;
  return [
    toRow({
      name: 'long-linear',
      where,
      ratio: whole.pace / short,
      figures: { short_us: short, long_us: whole.pace },
    }),
    toRow({
      name: 'long-memory',
      where,
      ratio: whole.peak / before.peak,
      figures: { short_mb: megabytes(before.peak), long_mb: megabytes(whole.peak) },
    }),
  ];
}
