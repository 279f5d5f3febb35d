/** Chances: none negative, adding up to 1. */
export function proper(chances: readonly number[]): number[] {
  const raised = chances.map((chance) => Math.max(0, chance));
  const total = raised.reduce((a, b) => a + b, 0);
  return raised.map((chance) => chance / total);
}

/** Chances that lie a share of the way from some to others. */
export const towards = (from: readonly number[], to: readonly number[], share: number): number[] =>
  from.map((chance, l) => chance + share * ((to[l] ?? 0) - chance));
