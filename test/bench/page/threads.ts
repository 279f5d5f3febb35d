import { interleave } from '../interleave.js';
import { importPackage, offer } from './offer.js';

export interface ThreadsOptions {
  readonly rounds: number;
  readonly texts: readonly string[];
  readonly labels: readonly string[];
}

/** One text, and all texts as a batch, on one thread and on two. */
offer(async ({ rounds, texts, labels }: ThreadsOptions) => {
  if (!crossOriginIsolated) throw new Error('This page is not cross-origin isolated.');
  const { createClasser } = await importPackage();
  const one = createClasser({ runtime: { threads: 1 }, cache: false });
  const two = createClasser({ runtime: { threads: 2 }, cache: false });
  const text = (round: number) => texts[round % texts.length] ?? '';
  const answers = await Promise.all([one, two].map((classer) => classer.classifyBatch({ texts, labels })));
  const times = await interleave(
    { warm: 4, rounds },
    {
      one: (round) => one.classify({ text: text(round), labels, cache: false }),
      two: (round) => two.classify({ text: text(round), labels, cache: false }),
      batchOne: () => one.classifyBatch({ texts, labels, cache: false }),
      batchTwo: () => two.classifyBatch({ texts, labels, cache: false }),
    },
  );
  await Promise.all([one.dispose(), two.dispose()]);
  const [a, b] = answers.map(({ results }) => JSON.stringify(results));
  return { times, same: a === b };
});
