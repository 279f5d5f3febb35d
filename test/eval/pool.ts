import type { Result } from './ask.js';
import type { Row } from './sets.js';

/** One single-label answer: how sure, whether right, and its weight among all. */
export interface Pooled {
  readonly confidence: number;
  readonly hit: number;
  readonly weight: number;
}

const BINS = 15;

/** The answers of a set, which together weigh 1. Throws on a confidence outside 0 to 1. */
export function pool(set: string, rows: readonly Row[], results: readonly Result[]): Pooled[] {
  return results.map(({ label, confidence = Number.NaN }, i) => {
    if (!(confidence >= 0 && confidence <= 1)) throw new Error(`${set}: confidence ${confidence} for text ${i}.`);
    return { confidence, hit: Number(label === rows[i]?.labels[0]), weight: 1 / rows.length };
  });
}

/** Expected calibration error over fifteen bins of equal mass; null without answers. */
export function pooledError(answers: readonly Pooled[]): number | null {
  if (answers.length === 0) return null;
  const total = answers.reduce((sum, { weight }) => sum + weight, 0);
  const bins = Array.from({ length: BINS }, () => ({ confidence: 0, hits: 0 }));
  let mass = 0;
  for (const { confidence, hit, weight } of answers.toSorted((a, b) => a.confidence - b.confidence)) {
    const bin = bins[Math.min(BINS - 1, Math.floor((mass / total) * BINS))];
    mass += weight;
    if (!bin) continue;
    bin.confidence += weight * confidence;
    bin.hits += weight * hit;
  }
  return bins.reduce((sum, bin) => sum + Math.abs(bin.confidence - bin.hits), 0) / total;
}
