/** Milliseconds since a time of `performance.now()`, with two decimals, as answers tell them. */
export const elapsedSince = (begun: number): number => Math.round((performance.now() - begun) * 100) / 100;
