import { proper, towards } from './proper.js';

/** What leaving one out says is too careful, as it learns from one example less. */
const EAGER = 1.5;
/** Steps of the power, each 5 % more, from 0.7 to 6. */
const POWERS = Array.from({ length: 45 }, (_, n) => 0.7 * 1.05 ** n);
/** Examples' worth of log loss that the expected power weighs for each unit of the logarithm, squared. */
const EXPECTED = 10;
/** Chance that is left to luck, so that one example that is all wrong does not decide. */
const LUCK = 0.02;

/** What an example is, and the chances it would be given if it were not one: by what holds for all texts, and by all. */
export interface Unseen {
  readonly truth: readonly number[];
  readonly careful: readonly number[];
  readonly full: readonly number[];
}

/** How far examples bear each other out: the share of the way from careful to full that comes nearest to the truth, 0 to 1. */
export function trustIn(unseen: readonly Unseen[]): number {
  let along = 0;
  let size = 0;
  for (const { truth, careful, full } of unseen) {
    for (const [l, chance] of careful.entries()) {
      const moved = (full[l] ?? 0) - chance;
      along += moved * ((truth[l] ?? 0) - chance);
      size += moved ** 2;
    }
  }
  return size > 0 ? Math.min(1, Math.max(0, (EAGER * along) / size)) : 1;
}

/** The power of the answers with the least log loss, held near the one that is expected. */
export function powerFor(unseen: readonly Unseen[], trust: number, expected: number): number {
  const answers = unseen.map(({ careful, full }) => towards(careful, full, trust));
  const loss = (power: number): number => {
    let sum = EXPECTED * Math.log(power / expected) ** 2;
    for (const [n, { truth }] of unseen.entries()) {
      const sharpened = proper((answers[n] ?? []).map((chance) => chance ** power));
      for (const [l, share] of truth.entries()) {
        if (share > 0) sum -= share * Math.log((1 - LUCK) * (sharpened[l] ?? 0) + LUCK / truth.length);
      }
    }
    return sum;
  };
  const losses = POWERS.map(loss);
  return POWERS[losses.indexOf(Math.min(...losses))] ?? expected;
}
