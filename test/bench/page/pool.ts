import { interleave } from '../interleave.js';
import { importPackage, offer } from './offer.js';

export interface PoolOptions {
  readonly rounds: number;
  readonly texts: readonly string[];
  readonly labels: readonly string[];
}

/** A batch by one worker, and by two. */
offer(async ({ rounds, texts, labels }: PoolOptions) => {
  const { createClasser } = await importPackage();
  const make = (concurrency: number) => createClasser({ concurrency, runtime: { threads: 1 }, cache: false });
  const [one, two] = [make(1), make(2)];
  const request = { texts, labels, cache: false };
  const times = await interleave(
    { warm: 2, rounds },
    { one: () => one.classifyBatch(request), two: () => two.classifyBatch(request) },
  );
  const answers = await Promise.all([one, two].map((classer) => classer.classifyBatch(request)));
  await Promise.all([one.dispose(), two.dispose()]);
  const [a, b] = answers.map(({ results }) => JSON.stringify(results));
  return { times, same: a === b };
});
