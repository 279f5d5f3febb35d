import { dot } from './dot.js';
import { powerFor, trustIn, type Unseen } from './leave-one-out.js';
import { proper, towards } from './proper.js';
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
  /** How much surer answers are expected to be with many examples. */
  readonly power: number;
  /** Weight of a label's own vector against each example's, where labels stand alone: see `prototype`. */
  readonly label_weight: number;
}

/** Examples a label, on average, from which on they say by themselves how far to trust them; fewer are believed. */
const CHECKED = 4;
/** Labels up to which the correction counts only so far: among more, a label's few examples say what it is not, and mislead less. */
const CONTESTED = 3;
/** Examples that are answered from the others, at most: more say the same, at a price that grows with their square. */
const LEFT_OUT = 100;

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
  /** What holds for all texts: all that is believed where the examples do not bear each other out. */
  readonly common: readonly number[];
  /** The examples' vectors, and what is still wrong about each: it counts for texts near it. */
  readonly near: readonly Near[];
  /** How far more than `common` is believed, 0 to 1. */
  readonly trust: number;
  /** The power that answers are raised to. */
  readonly power: number;
  readonly constants: ExampleConstants;
}

interface Near {
  readonly vector: Float32Array;
  readonly left: readonly number[];
}

/**
 * Learns in closed form what answers without examples get wrong on the examples.
 *
 * With `X` the examples' vectors less their mean, and `R` their truth less their chances, first comes the ridge
 * regression of `R` on `X`: where the answers are right already nothing changes, and examples that contradict each other
 * cancel. What the residuals have in common is added, in the measure `n / (n + prior)` of the label with the fewest
 * examples, since a label without any says nothing about how often it is right. What is then still wrong about an
 * example counts for texts near it: `Σ k·left / (doubt + Σ k)` with `k = exp(sharpness·(cos − 1))`.
 *
 * Answers are raised to the power `1 + power·n / (n + prior)`, as they are right more often. From a few examples a
 * label on, each is answered from the others: the power is the one that makes these answers as sure as they are right, and
 * of two or three labels all but the common residual counts as far as it brings the answers nearer to the truth.
 */
export function fitCorrection(shown: readonly Shown[], labels: number, constants: ExampleConstants): Correction {
  const depth = shown[0]?.vector.length ?? 0;
  const truths = shown.map(truth);
  const residuals = shown.map(({ chances }, n) => less(truths[n] ?? [], chances));
  const middle = mean(shown.map(({ vector }) => vector));
  const centred = shown.map(({ vector }) => less(Array.from(vector), middle));
  const fit = ridgeRegression(matrix(centred, depth), matrix(residuals, labels), constants.ridge);
  const weights = fit.weights.values;
  const parts = byLabel(shown, residuals, labels);
  const fewest = Math.min(...parts.map((part) => part.length));
  const share = fewest / (fewest + constants.prior);
  // Every label with examples weighs the same.
  const common = mean(parts.filter((part) => part.length > 0).map(mean)).map((value) => value * share);
  const bias = common.map((value, l) => value - dot(weights, middle, l * depth));
  const near = shown.map(({ vector, chances }, n) => {
    return { vector, left: less(truths[n] ?? [], generally(chances, vector, weights, bias)) };
  });
  const correction = { weights, bias, common, near, trust: 1, power: 1 + constants.power * share, constants };
  if (shown.length < CHECKED * labels) return correction;
  const unseen = answersUnseen(shown, truths, fit.leverage, correction);
  const trust = labels > CONTESTED ? 1 : trustIn(unseen);
  return { ...correction, trust, power: powerFor(unseen, trust, correction.power) };
}

/** Examples' answers as if they were none: of all, or of some of many, spread evenly. */
function answersUnseen(
  shown: readonly Shown[],
  truths: readonly number[][],
  leverage: (rows: readonly number[]) => Float64Array,
  { weights, bias, common, near, constants }: Correction,
): Unseen[] {
  const every = Math.max(1, shown.length / LEFT_OUT);
  const some = Array.from({ length: Math.min(shown.length, LEFT_OUT) }, (_, at) => Math.floor(at * every));
  const levers = leverage(some);
  return some.map((n, at) => {
    const { vector, chances } = shown[n] as Shown;
    // A ridge regression without a row is wrong about it by the residual over one less its leverage (Allen 1974, "The
    // relationship between variable selection and data augmentation"); taking the mean off fitted an intercept as well.
    const rest = 1 - Math.min(0.99, (levers[at] ?? 0) + 1 / shown.length);
    const own = truths[n] ?? [];
    const general = chances.map((chance, l) => {
      const learnt = (bias[l] ?? 0) - (common[l] ?? 0) + dot(weights, vector, l * vector.length);
      const residual = (own[l] ?? 0) - chance;
      return (own[l] ?? 0) + (common[l] ?? 0) - (residual - learnt) / rest;
    });
    const full = locally(proper(general), vector, near, constants, n);
    return { truth: own, careful: carefully(chances, common), full };
  });
}

/** What an example says: it is under its label, or, if it stands under several, one of these, as likely as without it. */
function truth({ labels, chances }: Shown): number[] {
  const own = chances.map((chance, l) => (labels.includes(l) ? Math.max(chance, 1e-9) : 0));
  const total = own.reduce((a, b) => a + b, 0);
  return own.map((chance) => chance / total);
}

/** Chances put right for a text's unit vector: none negative, adding up to 1. */
export function correct(chances: readonly number[], vector: Float32Array, correction: Correction): number[] {
  const { weights, bias, common, near, trust, power, constants } = correction;
  const careful = carefully(chances, common);
  const full = locally(generally(chances, vector, weights, bias), vector, near, constants);
  return proper(towards(careful, full, trust).map((chance) => chance ** power));
}

/** Chances with what all residuals have in common. */
const carefully = (chances: readonly number[], common: readonly number[]): number[] =>
  proper(chances.map((chance, l) => chance + (common[l] ?? 0)));

/** Chances with what is still wrong about the examples near a text; `except` is the place of one that does not count. */
function locally(
  chances: readonly number[],
  vector: Float32Array,
  near: readonly Near[],
  { sharpness, doubt }: ExampleConstants,
  except?: number,
): number[] {
  const change = chances.map(() => 0);
  let total = doubt;
  for (const [n, example] of near.entries()) {
    if (n === except) continue;
    const closeness = Math.exp(sharpness * (dot(example.vector, vector) - 1));
    total += closeness;
    for (let l = 0; l < change.length; l++) change[l] = (change[l] ?? 0) + closeness * (example.left[l] ?? 0);
  }
  return proper(chances.map((chance, l) => chance + (change[l] ?? 0) / total));
}

/** Chances with what holds for all texts. */
function generally(
  chances: readonly number[],
  vector: Float32Array,
  weights: Float64Array,
  bias: readonly number[],
): number[] {
  return proper(chances.map((chance, l) => chance + (bias[l] ?? 0) + dot(weights, vector, l * vector.length)));
}

const less = (from: readonly number[], take: readonly number[]): number[] => from.map((x, i) => x - (take[i] ?? 0));

/** The residuals of each label's examples. */
const byLabel = (shown: readonly Shown[], residuals: readonly number[][], labels: number): number[][][] =>
  Array.from({ length: labels }, (_, l) => residuals.filter((_, n) => shown[n]?.labels.includes(l)));

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
