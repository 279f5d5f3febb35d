import { ClasserError, failure } from '../contract/errors.js';
import type { Label } from '../contract/task.js';
import type { Effort, Engine } from './engine.js';
import type { Golden } from './manifest.js';

/** Texts and labels of the self-test: the same for every model, so that what one answers can be compared. */
const TEXTS = [
  'I was charged twice on my credit card this month.',
  'The striker scored in the last minute of the final.',
  'Snow and strong wind are expected in the north tonight.',
  'OK.',
];
const LABELS = ['billing', 'football', 'weather forecast', 'cooking'].map(
  (name): Label => ({ name, description: undefined, examples: [] }),
);

/** What an engine answers to the self-test: a score for each text and label. */
export async function selfTest(engine: Engine, signal: AbortSignal, texts = TEXTS): Promise<number[]> {
  const effort: Effort = { signal, urgency: 'interactive' };
  const bank = await engine.bank(LABELS, { ...effort, textType: undefined, exclusive: true, priors: false });
  const how = { ...effort, explain: false, fast: true, budget: Number.POSITIVE_INFINITY };
  const read = await engine.read(texts, bank, how);
  return read.flatMap((logits) => {
    if (ClasserError.is(logits)) throw logits;
    return [...logits.scores];
  });
}

/** What a device made of the self-test. */
export interface Probe {
  readonly scores: readonly number[];
  /** Milliseconds of the fastest of some rounds: every text of the self-test as long as a paragraph. */
  readonly milliseconds: number;
}

/** How often a text of the self-test is repeated to be a paragraph. */
const PARAGRAPH = 5;

/** Has an engine answer the self-test, and then takes its time; the first round only warms it up. */
export async function probe(engine: Engine, rounds: number, signal: AbortSignal): Promise<Probe> {
  const scores = await selfTest(engine, signal);
  const texts = TEXTS.map((text) => `${text} `.repeat(PARAGRAPH));
  let milliseconds = Number.POSITIVE_INFINITY;
  for (let round = 0; round <= rounds; round++) {
    const begun = performance.now();
    await selfTest(engine, signal, texts);
    if (round > 0) milliseconds = Math.min(milliseconds, performance.now() - begun);
  }
  return { scores, milliseconds };
}

/** Rejects with MODEL_UNAVAILABLE when an engine no longer answers as its model did when it was installed. */
export async function checkGolden(engine: Engine, golden: Golden, signal: AbortSignal): Promise<void> {
  const scores = await selfTest(engine, signal);
  // Written so that NaN fails.
  const same = scores.every((score, i) => Math.abs(score - (golden.scores[i] ?? Number.NaN)) <= golden.tolerance);
  if (same && scores.length === golden.scores.length) return;
  const message = `${engine.model} does not answer as it did when it was installed; install it again.`;
  throw failure('MODEL_UNAVAILABLE', message, { reason: 'golden' });
}
