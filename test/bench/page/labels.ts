import { interleave, median } from '../interleave.js';
import { importPackage, offer } from './offer.js';

/** Rounds until the better code is there. */
const WARM = 60;

/** What is compared: one text a round, under few labels and under many. */
export interface LabelsOptions {
  readonly rounds: number;
  readonly texts: readonly string[];
  readonly two: readonly string[];
  readonly many: readonly string[];
}

/** Median milliseconds from call to answer, and what of them passed outside the worker's engine. */
export type LabelsTimes = Record<'two' | 'many', { readonly answer: number; readonly around: number }>;

offer(async ({ rounds, texts, two, many }: LabelsOptions): Promise<LabelsTimes> => {
  const { createClasser } = await importPackage();
  const classer = createClasser({ runtime: { threads: 1 }, cache: false });
  const around: Record<'two' | 'many', number[]> = { two: [], many: [] };
  const ours = (name: 'two' | 'many', labels: readonly string[]) => async (round: number) => {
    const begun = performance.now();
    const { latency_ms } = await classer.classify({ text: texts[round % texts.length] ?? '', labels, cache: false });
    if (round >= WARM) around[name].push(performance.now() - begun - latency_ms);
  };
  const answer = await interleave({ warm: WARM, rounds }, { two: ours('two', two), many: ours('many', many) });
  await classer.dispose();
  return {
    two: { answer: answer.two, around: median(around.two) },
    many: { answer: answer.many, around: median(around.many) },
  };
});
