import type { TaskKind } from '../contract/task.js';
import { sigmoid, softmax } from './probability.js';

/** `sigmoid(scale·score + bias − null·prior)`: the constants of a yes-or-no confidence. */
export interface Logistic {
  readonly scale: number;
  readonly bias: number;
  readonly null: number;
}

/** How much a label's share among the others counts beside its own score: `weight·temperature·log softmax(scores / temperature)`. */
export interface Rivalry {
  readonly weight: number;
  readonly temperature: number;
}

/** Constants that turn a model's scores into confidences; fitted when the model is built. */
export interface Calibration {
  readonly classify: {
    /** Share of a label's prior that is taken off its score. */
    readonly null: number;
    /** Softmax temperature by number of labels, ascending. */
    readonly temperature: readonly { readonly max_labels: number; readonly value: number }[];
  };
  /** Labels that may each fit: on the score, and on what it is among the scores of the other labels. */
  readonly tag: Logistic & { readonly rivals?: Rivalry };
  /** One label alone: does it fit or not? */
  readonly detect: Logistic;
}

/** Raw scores of one text, one a label, and the labels' priors (their mean score on neutral texts). */
export interface Scored {
  readonly scores: ArrayLike<number>;
  readonly priors: ArrayLike<number>;
  /** Puts right what examples show to be wrong in the chances of labels that exclude one another. */
  readonly correct?: (chances: readonly number[]) => number[];
}

/** Confidences by label: that it is the one, or, where any number of labels may fit, that it fits. */
export const confidences = (scored: Scored, one: boolean, calibration: Calibration): number[] =>
  one || scored.scores.length === 1 ? exclusive(scored, calibration) : independent(scored, calibration.tag);

/** Confidence that a label is the one, by label; they sum to 1 except for a label alone. */
export function exclusive({ scores, priors, correct }: Scored, { classify, detect }: Calibration): number[] {
  if (scores.length === 1) return independent({ scores, priors }, detect);
  const shifted = Array.from(scores, (score, i) => score - classify.null * (priors[i] ?? 0));
  const chances = softmax(shifted, temperature(scores.length, classify.temperature));
  return correct ? correct(chances) : chances;
}

/** Confidence that a label fits, by label; any number of them may. */
export function independent({ scores, priors }: Scored, logistic: Logistic & { rivals?: Rivalry }): number[] {
  const { scale, bias, null: share, rivals } = logistic;
  const seen = rivals ? amongRivals(scores, rivals) : Array.from(scores);
  return seen.map((score, i) => sigmoid(scale * score + bias - share * (priors[i] ?? 0)));
}

function amongRivals(scores: ArrayLike<number>, { weight, temperature }: Rivalry): number[] {
  const top = Array.from(scores).reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const total = Array.from(scores).reduce((sum, score) => sum + Math.exp((score - top) / temperature), 0);
  const together = top + temperature * Math.log(total);
  return Array.from(scores, (score) => score + weight * (score - together));
}

function temperature(labels: number, buckets: Calibration['classify']['temperature']): number {
  const bucket = buckets.find(({ max_labels }) => labels <= max_labels) ?? buckets.at(-1);
  return bucket?.value ?? 1;
}

/** Whether a task's confidences rest on the labels' priors at all, which cost a pass over the neutral texts. */
export function usesPriors(kind: TaskKind, labels: number, { classify, tag, detect }: Calibration): boolean {
  if (labels === 1) return detect.null !== 0;
  return (kind === 'classify' ? classify.null : tag.null) !== 0;
}
