import { importPackage, offer } from './offer.js';
import { openPeer } from './peer.js';

/** Texts for ours, and how many of them the peer answers. */
export interface BatchOptions {
  readonly texts: readonly string[];
  readonly labels: readonly string[];
  readonly sampled: number;
}

/** Milliseconds of the whole batch with ours, and of a sample with a forward pass for each text and label. */
export interface BatchTimes {
  readonly ours: number;
  readonly peer: number;
}

offer(async ({ texts, labels, sampled }: BatchOptions): Promise<BatchTimes> => {
  const { createClasser } = await importPackage();
  const classer = createClasser({ runtime: { threads: 1 }, cache: false });
  const pair = await openPeer();
  const sample = texts.slice(0, sampled);
  const ask = (some: readonly string[]) =>
    classer.classifyBatch({ texts: [...some], labels: [...labels], cache: false });
  const loop = async () => {
    for (const text of sample) for (const label of labels) await pair(text, label);
  };
  // Half of the peer's sample before and half after, so that a machine that gets slower is seen by both.
  await ask(sample);
  await pair(sample[0] ?? '', labels[0] ?? '');
  const before = await time(loop);
  const ours = await time(() => ask(texts));
  const peer = (before + (await time(loop))) / 2;
  await classer.dispose();
  return { ours, peer };
});

async function time(run: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await run();
  return performance.now() - begun;
}
