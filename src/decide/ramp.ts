/** How far a number is on its way from one bound, 0, to the other, 1; the first may be the greater one. */
export const ramp = (value: number, from: number, to: number): number =>
  Math.min(1, Math.max(0, (value - from) / (to - from)));
