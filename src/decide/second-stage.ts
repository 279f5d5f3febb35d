import { softmax } from './probability.js';

/** When a second model looks again at the labels that the first likes best, and what it counts; fitted when the model is built. */
export interface SecondStage {
  /** The second model's name. */
  readonly model: string;
  /** Labels that it looks at. */
  readonly best: number;
  /** Confidence of the first model from which on it is not asked. */
  readonly sure: number;
  /** What its score counts beside the log of the first model's chance. */
  readonly weight: number;
}

/** The labels to look at again, by place; none where the first model is sure enough. */
export function toLookAt(chances: readonly number[], { best, sure }: SecondStage): number[] {
  const order = chances.map((_, l) => l).sort((a, b) => (chances[b] ?? 0) - (chances[a] ?? 0));
  const top = chances[order[0] ?? 0] ?? 0;
  return top < sure ? order.slice(0, best) : [];
}

/**
 * Chances after the second look: `chance · exp(weight · score)` for the labels that were looked at. They share what they
 * had together, so that the others neither gain nor lose.
 */
export function lookAgain(
  chances: readonly number[],
  labels: readonly number[],
  scores: ArrayLike<number>,
  { weight }: SecondStage,
): number[] {
  const had = labels.reduce((sum, label) => sum + (chances[label] ?? 0), 0);
  const moved = labels.map((label) => Math.log(Math.max(chances[label] ?? 0, 1e-12)) + weight * (scores[label] ?? 0));
  const shares = softmax(moved, 1);
  const result = [...chances];
  for (const [at, label] of labels.entries()) result[label] = had * (shares[at] ?? 0);
  return result;
}
