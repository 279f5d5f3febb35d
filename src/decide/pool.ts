import { proper } from './proper.js';

/** What one source says of the labels, and how much it has to say: 0 to 1. */
export interface Opinion {
  readonly chances: readonly number[];
  readonly evidence: number;
}

/** What several sources say together, and by label how much each had a share in it. */
export interface Pooled {
  readonly chances: number[];
  /** `[sources][labels]`; they sum to 1 over the sources. */
  readonly shares: number[][];
}

/** Chances this small are not told apart, so that one source alone cannot rule a label out. */
const LEAST = 1e-4;

/**
 * Chances of labels that exclude one another, from several sources: the mean of their logarithms, weighted by evidence
 * times how far the source is from not knowing, `1 − entropy / log(labels)` (a logarithmic opinion pool). One source
 * alone says what it said.
 */
export function poolExclusive(opinions: readonly Opinion[]): Pooled {
  const [only] = opinions;
  if (only && opinions.length === 1) return { chances: [...only.chances], shares: [only.chances.map(() => 1)] };
  const weights = opinions.map(({ chances, evidence }) => evidence * certainty(chances) + 1e-9);
  const total = weights.reduce((a, b) => a + b, 0);
  const logs = (only?.chances ?? []).map((_, l) =>
    opinions.reduce((sum, { chances }, s) => sum + ((weights[s] ?? 0) / total) * log(chances[l] ?? 0), 0),
  );
  return { chances: proper(logs.map(Math.exp)), shares: sharesOf(opinions, weights) };
}

/** Chances of labels that each may fit: a label fits the whole where it fits any of the sources, so the surest one counts. */
export function poolIndependent(opinions: readonly Opinion[]): Pooled {
  const chances = (opinions[0]?.chances ?? []).map((_, l) => Math.max(...opinions.map((one) => one.chances[l] ?? 0)));
  const weights = opinions.map(() => 1);
  return { chances, shares: sharesOf(opinions, weights) };
}

const log = (chance: number): number => Math.log(Math.max(chance, LEAST));

function certainty(chances: readonly number[]): number {
  const entropy = chances.reduce((sum, chance) => sum - (chance > 0 ? chance * Math.log(chance) : 0), 0);
  return Math.max(0, 1 - entropy / Math.log(chances.length));
}

function sharesOf(opinions: readonly Opinion[], weights: readonly number[]): number[][] {
  const parts = opinions.map(({ chances }, s) => chances.map((chance) => (weights[s] ?? 0) * Math.max(chance, 1e-12)));
  return parts.map((part) => part.map((x, l) => x / parts.reduce((sum, other) => sum + (other[l] ?? 0), 0)));
}
