/** Softmax of `scores / temperature`; finite for any finite scores. */
export function softmax(scores: ArrayLike<number>, temperature: number): number[] {
  const values = Array.from(scores, (score) => score / temperature);
  const top = values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const weights = values.map((value) => Math.exp(value - top));
  const total = weights.reduce((a, b) => a + b, 0);
  return weights.map((weight) => weight / total);
}

/** The logistic function. */
export const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

/** A confidence as the contract writes it: four decimals. */
export const round4 = (x: number): number => Math.round(x * 1e4) / 1e4;
