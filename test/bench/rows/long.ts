import { createClasser } from 'classer-local';
import type { Measurement } from '../bench.js';
import { median } from '../interleave.js';
import { toRow } from '../row.js';
import { longText } from '../text.js';

const SHORT = 10_000;

/** Whether a long text costs as much a token as a shorter one, in Node. */
export const long: Measurement = async (bench) => {
  const tokens = bench.long ? 1_000_000 : 100_000;
  // One thread: a second one waits in a loop for its turn on a busy machine, and the figures with it.
  const classer = createClasser({ runtime: { threads: 1 }, cache: false });
  const labels = ['billing', 'technical', 'praise'];
  const measure = async (text: string): Promise<number> => {
    const begun = performance.now();
    const { tokens: read } = await classer.classify({ text, labels, cache: false, timeout: 3600 });
    return (performance.now() - begun) / read;
  };
  const [short, whole] = [longText(SHORT), longText(tokens * 0.99)];
  await classer.classify({ text: 'warm', labels });
  // A short one before and after, so that a machine that gets slower is seen by both.
  const before = await measure(short);
  const longer = await measure(whole);
  const shorter = median([before, await measure(short)]);
  await classer.dispose();
  return [
    toRow({
      name: 'long-linear',
      what: `time a token of ${tokens.toLocaleString('en')} tokens against ${SHORT.toLocaleString('en')}, Node, 1 thread`,
      ratio: longer / shorter,
      goal: { at: 'most', value: 1.1 },
      figures: { short_us: 1000 * shorter, long_us: 1000 * longer },
    }),
  ];
};
