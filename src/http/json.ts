import { isFields, kindOf } from '../contract/checks.js';
import { failure } from '../contract/errors.js';

/** A body's text as a JSON object; throws INVALID_JSON or BAD_REQUEST. */
export function parseObject(body: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch (cause) {
    throw failure('INVALID_JSON', `The body is not valid JSON: ${(cause as Error).message}`, undefined, cause);
  }
  if (isFields(value)) return value;
  throw failure('BAD_REQUEST', `The body must be a JSON object, not ${kindOf(value)}.`);
}

/** The fields of these names, as far as they are there. */
export const pick = (fields: Readonly<Record<string, unknown>>, names: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(names.filter((name) => Object.hasOwn(fields, name)).map((name) => [name, fields[name]]));
