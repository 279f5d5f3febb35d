import type { Result } from './ask.js';
import type { Row } from './sets.js';

export const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / (values.length || 1);

/** Right, wrongly given and missed answers of one label. */
export interface Counts {
  readonly tp: number;
  readonly fp: number;
  readonly fn: number;
}

/** Counts of a label from what was right and what was given, text by text. */
export function count(right: readonly boolean[], given: readonly boolean[]): Counts {
  const both = (r: boolean, g: boolean) => right.filter((one, i) => one === r && given[i] === g).length;
  return { tp: both(true, true), fp: both(false, true), fn: both(true, false) };
}

/** Harmonic mean of precision and recall; 0 when nothing was right. */
export const f1 = ({ tp, fp, fn }: Counts): number => (tp ? (2 * tp) / (2 * tp + fp + fn) : 0);

/** Figures of a single-label set; macro-F1 is over the labels that occur. */
export function single(rows: readonly Row[], results: readonly Result[]) {
  const right = rows.map(({ labels }) => labels[0]);
  const perLabel = [...new Set(right)].map((label) =>
    f1(
      count(
        right.map((one) => one === label),
        results.map((one) => one.label === label),
      ),
    ),
  );
  const hits = results.map(({ label }, i) => Number(label === right[i]));
  const confidences = results.map(({ confidence }) => confidence ?? Number.NaN);
  return { macro_f1: mean(perLabel), accuracy: mean(hits), ece: calibrationError(confidences, hits) };
}

/** Expected calibration error over ten bins of equal width. */
export function calibrationError(confidences: readonly number[], hits: readonly number[]): number {
  const bins = Array.from({ length: 10 }, () => ({ confidence: 0, hits: 0 }));
  confidences.forEach((confidence, i) => {
    const bin = bins[Math.min(9, Math.floor(confidence * 10))];
    if (!bin) throw new Error(`${confidence} is no confidence.`);
    bin.confidence += confidence;
    bin.hits += hits[i] ?? 0;
  });
  return bins.reduce((sum, bin) => sum + Math.abs(bin.confidence - bin.hits), 0) / confidences.length;
}

/** Figures of a multi-label set, at a threshold of one half; macro averages are over the labels that occur. */
export function multi(rows: readonly Row[], results: readonly Result[], labels: readonly string[]) {
  const scores = results.map((result) => new Map(result.labels?.map((one) => [one.label, one.confidence])));
  const occurring = labels.flatMap((label) => {
    const right = rows.map((row) => row.labels.includes(label));
    return right.includes(true) ? [{ right, given: scores.map((one) => one.get(label) ?? 0) }] : [];
  });
  const counts = occurring.map(({ right, given }) =>
    count(
      right,
      given.map((score) => score > 0.5),
    ),
  );
  const sum = (key: keyof Counts) => counts.reduce((total, one) => total + one[key], 0);
  return {
    map: mean(occurring.map(({ right, given }) => averagePrecision(right, given))),
    macro_f1_at_half: mean(counts.map(f1)),
    micro_f1_at_half: f1({ tp: sum('tp'), fp: sum('fp'), fn: sum('fn') }),
  };
}

/** Mean precision at each right text, highest score first; of equal scores the wrong ones come first. */
export function averagePrecision(right: readonly boolean[], scores: readonly number[]): number {
  const order = right
    .map((good, i) => ({ good, score: scores[i] ?? 0 }))
    .sort((a, b) => b.score - a.score || Number(a.good) - Number(b.good));
  let hits = 0;
  let sum = 0;
  order.forEach(({ good }, rank) => {
    if (good) sum += ++hits / (rank + 1);
  });
  return sum / hits;
}
