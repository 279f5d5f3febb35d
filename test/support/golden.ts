/** A text with the answers that the training side computed for it. */
export interface GoldenCase {
  readonly text: string;
  readonly labels: string[];
  readonly descriptions?: Record<string, string>;
  readonly examples?: Record<string, string[]>;
  /** Confidences of `labels`, in their order. */
  readonly classify_scores?: number[];
  readonly tag?: number[];
  readonly detect?: number[];
}

/** `models/classer-embed/golden.json`. */
export interface Golden {
  /** How far a confidence may be off on another machine. */
  readonly tolerance: number;
  readonly cases: readonly GoldenCase[];
}

/** The fields of a case that make a request. */
export function toRequest({ text, labels, descriptions, examples }: GoldenCase) {
  return { text, labels, descriptions, examples };
}

/** Cases that a request can carry: an empty text is refused at the door. */
export const askable = ({ cases }: Golden): GoldenCase[] => cases.filter(({ text }) => text.trim() !== '');

/** The largest difference between an answer's confidences and a case's, label by label. */
export function difference(
  { labels }: GoldenCase,
  scores: readonly { label: string; confidence: number }[] = [],
  expected: readonly number[] = [],
): number {
  const found = new Map(scores.map(({ label, confidence }) => [label, confidence]));
  return Math.max(...labels.map((label, i) => Math.abs((found.get(label) ?? Infinity) - (expected[i] ?? Infinity))));
}
