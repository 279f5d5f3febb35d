import { type Matrix, ridgeRegression } from './ridge.js';

/** How examples are weighed; fitted when the model is built. */
export interface ExampleConstants {
  /** The larger, the less a few examples change. */
  readonly ridge: number;
  /** Examples a label at which half of what they all have in common is believed. */
  readonly prior: number;
  /** How fast an example counts for less as a text is further from it. */
  readonly sharpness: number;
  /** The larger, the less one example decides about a text like it. */
  readonly doubt: number;
  /** Weight of a label's own vector against each example's, where labels stand alone: see `prototype`. */
  readonly label_weight: number;
}

/** A text that is an example: its vector of length 1, the labels it stands under, and its chances without examples. */
export interface Shown {
  readonly vector: Float32Array;
  readonly labels: readonly number[];
  readonly chances: readonly number[];
}

/** What to add to the chances of labels that exclude one another. */
export interface Correction {
  /** `weights·x + bias` for any text, `x` its unit vector: `[labels, dimensions]` and `[labels]`. */
  readonly weights: Float64Array;
  readonly bias: readonly number[];
  /** The examples' vectors, and what is still wrong about each: it counts for texts near it. */
  readonly near: readonly { readonly vector: Float32Array; readonly left: readonly number[] }[];
  readonly constants: ExampleConstants;
}

/**
 * Learns in closed form what answers without examples get wrong on the examples.
 *
 * With `X` the examples' vectors less their mean, and `R` their truth less their chances, first comes the ridge
 * regression of `R` on `X`: where the answers are right already nothing changes, and examples that contradict each other
 * cancel. What the residuals have in common is added, in the measure `n / (n + prior)` of the label with the fewest
 * examples, since a label without any says nothing about how often it is right. What is then still wrong about an
 * example counts for texts near it: `Σ k·left / (doubt + Σ k)` with `k = exp(sharpness·(cos − 1))`.
 */
export function fitCorrection(shown: readonly Shown[], labels: number, constants: ExampleConstants): Correction {
  const depth = shown[0]?.vector.length ?? 0;
  const truths = shown.map(truth);
  const residuals = shown.map(({ chances }, n) => less(truths[n] ?? [], chances));
  const middle = mean(shown.map(({ vector }) => vector));
  const centred = shown.map(({ vector }) => less(Array.from(vector), middle));
  const weights = ridgeRegression(matrix(centred, depth), matrix(residuals, labels), constants.ridge).values;
  const common = commonResidual(shown, residuals, labels, constants.prior);
  const bias = common.map((value, l) => value - dot(weights, l * depth, middle));
  const near = shown.map(({ vector, chances }, n) => {
    return { vector, left: less(truths[n] ?? [], generally(chances, vector, weights, bias)) };
  });
  return { weights, bias, near, constants };
}

/** What an example says: it is under its label, or, if it stands under several, one of these, as likely as without it. */
function truth({ labels, chances }: Shown): number[] {
  const own = chances.map((chance, l) => (labels.includes(l) ? Math.max(chance, 1e-9) : 0));
  const total = own.reduce((a, b) => a + b, 0);
  return own.map((chance) => chance / total);
}

/** Chances put right for a text's unit vector: none negative, adding up to 1. */
export function correct(chances: readonly number[], vector: Float32Array, correction: Correction): number[] {
  const { weights, bias, near, constants } = correction;
  const change = chances.map(() => 0);
  let total = constants.doubt;
  for (const example of near) {
    const closeness = Math.exp(constants.sharpness * (dot(example.vector, 0, vector) - 1));
    total += closeness;
    for (let l = 0; l < change.length; l++) change[l] = (change[l] ?? 0) + closeness * (example.left[l] ?? 0);
  }
  return proper(generally(chances, vector, weights, bias).map((chance, l) => chance + (change[l] ?? 0) / total));
}

/** Chances with what holds for all texts. */
function generally(
  chances: readonly number[],
  vector: Float32Array,
  weights: Float64Array,
  bias: readonly number[],
): number[] {
  return proper(chances.map((chance, l) => chance + (bias[l] ?? 0) + dot(weights, l * vector.length, vector)));
}

/** None negative, adding up to 1. */
function proper(chances: readonly number[]): number[] {
  const raised = chances.map((chance) => Math.max(0, chance));
  const total = raised.reduce((a, b) => a + b, 0);
  return raised.map((chance) => chance / total);
}

const less = (from: readonly number[], take: readonly number[]): number[] => from.map((x, i) => x - (take[i] ?? 0));

/** The mean residual, every label with examples weighing the same. */
function commonResidual(shown: readonly Shown[], residuals: number[][], labels: number, prior: number): number[] {
  const parts = Array.from({ length: labels }, (_, l) => residuals.filter((_, n) => shown[n]?.labels.includes(l)));
  const fewest = Math.min(...parts.map((part) => part.length));
  const common = mean(parts.filter((part) => part.length > 0).map(mean));
  return common.map((value) => (value * fewest) / (fewest + prior));
}

/** The mean of rows of the same length. */
function mean(rows: readonly ArrayLike<number>[]): number[] {
  const sums = Array.from(rows[0] ?? [], () => 0);
  for (const row of rows) for (let i = 0; i < sums.length; i++) sums[i] = (sums[i] ?? 0) + (row[i] ?? 0);
  return sums.map((sum) => sum / rows.length);
}

const matrix = (rows: readonly number[][], columns: number): Matrix => ({
  rows: rows.length,
  columns,
  values: Float64Array.from(rows.flat()),
});

/** Product of the numbers of `values` from an offset on with a vector. */
function dot(values: ArrayLike<number>, from: number, vector: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < vector.length; i++) sum += (values[from + i] ?? 0) * (vector[i] ?? 0);
  return sum;
}
