import { ClasserError } from '../contract/errors.js';
import type { Label } from '../contract/task.js';
import type { Calibration, Logistic } from '../decide/calibration.js';
import { deviation, mean } from '../decide/statistics.js';
import type { Effort, Engine } from '../engines/engine.js';
import type { InstallTools } from './installation.js';

/** Topics that have little to do with one another: how scores of them spread is how a model's scores spread. */
const TOPICS = [
  ...['sport', 'politics', 'cooking', 'astronomy', 'banking', 'medicine', 'music', 'travel', 'law', 'farming'],
  ...['computers', 'fashion', 'weather', 'religion', 'traffic', 'school', 'cinema', 'gardening', 'shopping', 'war'],
];

/** Where a model's scores of what does not belong together lie. */
interface Spread {
  readonly mean: number;
  readonly deviation: number;
}

/** Scores of texts about nothing, and of each topic's name, under the topics that it does not name. */
async function spreadOf(engine: Engine, neutral: readonly string[], signal: AbortSignal): Promise<Spread> {
  const labels = TOPICS.map((name): Label => ({ name, description: undefined, examples: [] }));
  const effort: Effort = { signal, urgency: 'interactive' };
  const bank = await engine.bank(labels, { ...effort, textType: undefined, exclusive: true, priors: false });
  const how = { ...effort, explain: false, fast: true, budget: Number.POSITIVE_INFINITY };
  const read = await engine.read([...TOPICS, ...neutral], bank, how);
  const scores = read.flatMap((logits, text) => {
    if (ClasserError.is(logits)) throw logits;
    return [...logits.scores].filter((_, label) => label !== text);
  });
  return { mean: mean(scores), deviation: deviation(scores) };
}

/**
 * The constants of a fitted model for another one, whose scores lie elsewhere: both score the same texts, and the
 * other's scores are moved and stretched to lie as the fitted one's do.
 */
export async function fitCalibration(
  other: Engine,
  { embedded, signal, openEmbedded }: InstallTools,
): Promise<Calibration> {
  const fitted = await openEmbedded();
  const from = await spreadOf(other, embedded.neutral, signal);
  const to = await spreadOf(fitted, embedded.neutral, signal);
  const stretch = to.deviation / Math.max(from.deviation, Number.EPSILON);
  return stretched(fitted.calibration, stretch, to.mean - stretch * from.mean);
}

/** The calibration that gives for a score what another gives for `stretch · score + shift`. */
export function stretched({ classify, tag, detect }: Calibration, stretch: number, shift: number): Calibration {
  const move = (logistic: Logistic): Logistic => ({
    scale: logistic.scale * stretch,
    bias: logistic.bias + (logistic.scale - logistic.null) * shift,
    null: logistic.null * stretch,
  });
  const { rivals } = tag;
  return {
    classify: {
      null: classify.null,
      temperature: classify.temperature.map((bucket) => ({ ...bucket, value: bucket.value / stretch })),
    },
    tag: { ...move(tag), ...(rivals && { rivals: { ...rivals, temperature: rivals.temperature / stretch } }) },
    detect: move(detect),
  };
}
