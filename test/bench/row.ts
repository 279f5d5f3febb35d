import { CATALOGUE, type Comparison, type Goal, type Unit } from './catalogue.js';

/** Where a row was measured. */
export type Place = 'Node' | 'Chromium';

/** What a measurement found. */
export interface Measured {
  /** One of the catalogue's. */
  readonly name: string;
  readonly where: Place;
  /** NaN when it could not be measured. */
  readonly ratio: number;
  /** Medians, in the unit that their names end with. */
  readonly figures: Readonly<Record<string, number>>;
  readonly note?: string;
}

/** One line of the bench: what was found, beside what is compared. */
export interface Row extends Omit<Measured, 'ratio'> {
  readonly ratio: number | null;
  readonly what: string;
  readonly against: string;
  readonly unit: Unit;
  readonly goal: string | null;
  readonly met: boolean | null;
}

/** What a row of this name compares. */
export function comparison(name: string): Comparison {
  const found = CATALOGUE.find((one) => one.name === name);
  if (!found) throw new Error(`There is no row ${name} in the catalogue of rows.`);
  return found;
}

/** Rounds the figures and holds the ratio against its goal. */
export function toRow({ name, where, ratio, figures, note }: Measured): Row {
  const { what, against, unit, goal } = comparison(name);
  const measured = Number.isFinite(ratio);
  return {
    name,
    where,
    ratio: measured ? Number(ratio.toPrecision(3)) : null,
    goal: goal ? goalText(goal) : null,
    met: goal && measured ? reaches(ratio, goal) : null,
    unit,
    what,
    against,
    figures: rounded(figures),
    ...(note && { note }),
  };
}

/** A goal as people write it. */
export const goalText = ({ at, value }: Goal): string => `${at === 'least' ? '≥' : '≤'} ${value}`;

const reaches = (ratio: number, { at, value }: Goal): boolean => (at === 'least' ? ratio >= value : ratio <= value);

const rounded = (figures: Row['figures']): Row['figures'] =>
  Object.fromEntries(Object.entries(figures).map(([key, value]) => [key, Number(value.toFixed(value < 100 ? 2 : 0))]));
