import { type Fields, quote } from './checks.js';
import { invalid } from './errors.js';
import { nearest } from './nearest.js';
import { unknownFields } from './request.js';

/** Throws VALIDATION_ERROR for the first field that is not known, with the nearest one that is. */
export function refuseUnknown(fields: Fields, known: readonly string[], what = 'field'): void {
  const [unknown] = unknownFields(fields, known);
  if (unknown === undefined) return;
  const near = nearest(unknown, known);
  const hint = near ? ` Did you mean ${near}?` : ` Known: ${known.join(', ')}.`;
  throw invalid(unknown, `There is no ${what} ${quote(unknown)}.${hint}`);
}
