import { type Calibration, confidences, type Scored } from '../decide/calibration.js';
import { type Opinion, type Pooled, poolExclusive, poolIndependent } from '../decide/pool.js';

/** How labels are asked for, and by which constants a text's scores become chances. */
export interface Asked {
  /** Whether just one label can be right. */
  readonly exclusive: boolean;
  readonly calibration: Calibration;
}

/** Tokens of a text from which on it has as much to say as a sure photograph has. */
const FEW = 4;

export const chancesOf = (scored: Scored, { exclusive, calibration }: Asked): number[] =>
  confidences(scored, exclusive, calibration);

/** What a text says, if there is one. */
export const opinionOf = (own: (Scored & { tokens: number }) | undefined, asked: Asked): Opinion[] =>
  own ? [{ chances: chancesOf(own, asked), evidence: own.tokens / (own.tokens + FEW) }] : [];

/** Whether one of several labels is asked for. */
export const isChoice = (labels: number, { exclusive }: Asked): boolean => exclusive && labels > 1;

export const pooled = (all: readonly Opinion[], asked: Asked): Pooled =>
  isChoice(all[0]?.chances.length ?? 0, asked) ? poolExclusive(all) : poolIndependent(all);
