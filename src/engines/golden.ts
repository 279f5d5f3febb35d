import { ClasserError, failure } from '../contract/errors.js';
import type { Label } from '../contract/task.js';
import type { Effort, Engine, Eye, Pixels } from './engine.js';
import type { Golden } from './manifest.js';

/** Texts and labels of the self-test: the same for every model, so that what one answers can be compared. */
const TEXTS = [
  'I was charged twice on my credit card this month.',
  'The striker scored in the last minute of the final.',
  'Snow and strong wind are expected in the north tonight.',
  'OK.',
];
/** Its labels. */
export const GOLDEN_LABELS = ['billing', 'football', 'weather forecast', 'cooking'].map(
  (name): Label => ({ name, description: undefined, examples: [] }),
);

/** How light a channel of the self-test's pictures is, 0 to 1, at a place of the unit square. */
const PICTURES: readonly (readonly ((x: number, y: number) => number)[])[] = [
  [(x) => x, () => 0.2, (_, y) => y],
  [(_, y) => 1 - y, (x) => x * x, () => 0.5],
  [(x, y) => (Math.floor(8 * x) + Math.floor(8 * y)) % 2, (x) => x, () => 0.1],
  [(x, y) => (Math.hypot(x - 0.5, y - 0.5) < 0.3 ? 1 : 0), () => 0.3, (x, y) => x * y],
];

/** Its pictures, for engines that look at them, in the size that they take. */
export const goldenPictures = ({ width, height }: Eye['view']): Pixels[] =>
  PICTURES.map((channels) => {
    const rgba = new Uint8ClampedArray(4 * width * height).fill(255);
    for (let i = 0; i < width * height; i++) {
      const [x, y] = [(i % width) / width, Math.floor(i / width) / height];
      for (const [c, light] of channels.entries()) rgba[4 * i + c] = 255 * light(x, y);
    }
    return { rgba };
  });

/** What an engine answers to the self-test: a score for each text or picture and label. */
export async function selfTest(engine: Engine, signal: AbortSignal, texts = TEXTS): Promise<number[]> {
  const effort: Effort = { signal, urgency: 'interactive' };
  const { eye } = engine;
  if (eye) {
    const looked = await eye.look(goldenPictures(eye.view), await eye.bank(GOLDEN_LABELS, effort), effort);
    return looked.flatMap(({ scores }) => [...scores]);
  }
  const bank = await engine.bank(GOLDEN_LABELS, { ...effort, textType: undefined, exclusive: true, priors: false });
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

/** Whether scores are those of another run, none further off than this; NaN never is. */
export const agree = (scores: readonly number[], others: readonly number[], tolerance: number): boolean =>
  scores.length === others.length &&
  scores.every((score, i) => Math.abs(score - (others[i] ?? Number.NaN)) <= tolerance);

/** Rejects with MODEL_UNAVAILABLE when an engine no longer answers as its model did when it was installed. */
export async function checkGolden(engine: Engine, golden: Golden, signal: AbortSignal): Promise<void> {
  const scores = await selfTest(engine, signal);
  if (agree(scores, golden.scores, golden.tolerance)) return;
  const message = `${engine.model} does not answer as it did when it was installed; install it again.`;
  throw failure('MODEL_UNAVAILABLE', message, { reason: 'golden' });
}
