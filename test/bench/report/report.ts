import { isDeepStrictEqual } from 'node:util';
import type { About } from '../about.js';
import { CATALOGUE, type Comparison } from '../catalogue.js';
import type { Row } from '../row.js';

/** Rows that were measured together. */
export interface Run {
  readonly about: About;
  readonly rows: readonly Row[];
}

/** The newest of each row: what docs/bench.json holds. */
export interface Report {
  readonly runs: readonly Run[];
}

/** Puts a run's rows in the place of older ones of their names and places; a run without rows left goes. */
export function withRun({ runs }: Report, run: Run): Report {
  const key = ({ name, where }: Row) => `${name} ${where}`;
  const anew = new Set(run.rows.map(key));
  const rest = runs.map(({ about, rows }) => ({ about, rows: rows.filter((row) => !anew.has(key(row))) }));
  const older = rest.filter(({ rows }) => rows.length > 0);
  const same = older.findIndex(({ about }) => isDeepStrictEqual(about, run.about));
  if (same < 0) return { runs: [...older, run] };
  return { runs: older.map((one, i) => (i === same ? { ...one, rows: [...one.rows, ...run.rows] } : one)) };
}

/** A row of the catalogue, and what was measured of it, in Node first. */
export interface Entry {
  readonly comparison: Comparison;
  readonly rows: readonly Row[];
}

/** Every row of the catalogue, in its order, also those that were not measured. */
export function entries({ runs }: Report): Entry[] {
  const all = runs.flatMap(({ rows }) => rows).toSorted((a, b) => b.where.localeCompare(a.where));
  return CATALOGUE.map((comparison) => ({
    comparison,
    rows: all.filter(({ name, ratio }) => name === comparison.name && ratio !== null),
  }));
}
