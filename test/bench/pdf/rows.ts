import { median } from '../interleave.js';
import { type Place, type Row, toRow } from '../row.js';
import type { AnswerTime } from './answer.js';

/** Milliseconds that each reading of a document took, by the package and by bare pdf.js. */
export interface Readings {
  readonly layout: string;
  readonly ours: readonly number[];
  readonly bare: readonly number[];
}

/** What all documents take, each at its median; the note has their ratios. */
export function textRow(where: Place, readings: readonly Readings[]): Row {
  const medians = readings.map(({ layout, ours, bare }) => ({ layout, ours: median(ours), bare: median(bare) }));
  const sum = (of: 'ours' | 'bare') => medians.reduce((all, one) => all + one[of], 0);
  return toRow({
    name: 'pdf-text',
    where,
    ratio: sum('ours') / sum('bare'),
    figures: { ours_ms: sum('ours'), bare_ms: sum('bare') },
    note: medians.map(({ layout, ours, bare }) => `${layout} ${(ours / bare).toFixed(2)}`).join(', '),
  });
}

/** The share of each answer's time until its first event; the first answer also starts the reader's thread. */
export function progressRow(where: Place, answers: readonly AnswerTime[]): Row {
  const [cold] = answers;
  return toRow({
    name: 'pdf-progress',
    where,
    ratio: median(answers.map(({ first, total }) => first / total)),
    figures: {
      first_ms: median(answers.map(({ first }) => first)),
      total_ms: median(answers.map(({ total }) => total)),
      ...(cold && { cold_first_ms: cold.first, cold_total_ms: cold.total }),
    },
  });
}

/** By what factor the most bytes taken so far grew from the first answer to the last one. */
export function memoryRow(where: Place, peaks: readonly number[]): Row {
  const [first = Number.NaN, last = Number.NaN] = [peaks[0], peaks.at(-1)];
  return toRow({
    name: 'pdf-memory',
    where,
    ratio: last / first,
    figures: { first_mb: first / 1e6, last_mb: last / 1e6 },
  });
}
