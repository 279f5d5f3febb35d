/** Counts of values by bucket; a bucket is a tenth wider than the one below it. */
export type Histogram = Readonly<Record<string, number>>;

const STEP = Math.log(1.1);
const LEAST = 0.01;

/** Counts a value. */
export function count(histogram: Histogram, value: number): Histogram {
  const bucket = String(Math.round(Math.log(Math.max(value, LEAST)) / STEP));
  return { ...histogram, [bucket]: (histogram[bucket] ?? 0) + 1 };
}

/** Both counted together. */
export function sum(one: Histogram, other: Histogram): Histogram {
  const buckets = new Set([...Object.keys(one), ...Object.keys(other)]);
  return Object.fromEntries([...buckets].map((bucket) => [bucket, (one[bucket] ?? 0) + (other[bucket] ?? 0)]));
}

/** The value that a share of all values stays at or below, within 5 percent; null when there is none. */
export function percentile(histogram: Histogram, share: number): number | null {
  const buckets = Object.entries(histogram)
    .map(([bucket, n]) => [Number(bucket), n] as const)
    .sort(([a], [b]) => a - b);
  const total = buckets.reduce((all, [, n]) => all + n, 0);
  let below = 0;
  for (const [bucket, n] of buckets) {
    below += n;
    if (below >= share * total) return Number(Math.exp(bucket * STEP).toPrecision(3));
  }
  return null;
}
