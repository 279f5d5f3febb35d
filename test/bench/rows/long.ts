import { createClasser } from 'classer-local';
import type { Measurement } from '../bench.js';
import { median } from '../interleave.js';
import { toRow } from '../row.js';
import { longText } from '../text.js';

const SHORT = 10_000;

/** Whether a long text costs as much a token as a shorter one, in Node. */
export const long: Measurement = async (bench) => {
  const tokens = bench.long ? 1_000_000 : 100_000;
  const classer = createClasser();
  const labels = ['billing', 'technical', 'praise'];
  const measure = async (text: string): Promise<number> => {
    const begun = performance.now();
    const { tokens: read } = await classer.classify({ text, labels, cache: false, timeout: 3600 });
    return (performance.now() - begun) / read;
  };
  const [short, whole] = [longText(SHORT), longText(tokens * 0.99)];
  await classer.classify({ text: 'warm', labels });
  // Short ones before, after and in between, so that a machine that gets slower is seen by both.
  const shorts: number[] = [];
  const longs: number[] = [];
  for (let round = 0; round < (bench.long ? 1 : 2); round++) {
    shorts.push(await measure(short));
    longs.push(await measure(whole));
  }
  shorts.push(await measure(short));
  await classer.dispose();
  return [
    toRow({
      name: 'long-linear',
      what: `time a token of ${tokens.toLocaleString('en')} tokens against ${SHORT.toLocaleString('en')}, Node`,
      ratio: median(longs) / median(shorts),
      figures: { short_us: 1000 * median(shorts), long_us: 1000 * median(longs) },
    }),
  ];
};
