/** A JSON Schema, as far as the document uses it. */
export interface Limited {
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Limited[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly items?: Limited;
  readonly additionalProperties?: Limited;
  readonly format?: string;
  readonly pattern?: string;
}

/** One of each kind: a schema forbids most of them. */
const KINDS = [null, true, 0, -1, 1.5, 'x', '', ' \t', [], ['x', ''], ['x', null], {}];

/** Names, templates and places in the log, good ones and bad ones. */
const PATTERNED = [
  ...['a.b_c-0', '..', 'A', 'a\n', 'x {} y', '{label}', '{} {label}', '{{}}', 'x\n{}', '{ }'],
  ...['00001769860800000-01234567.7', '01769860800000-01234567.7', '01769860800000-01234567.1234567'],
];

/** Values at a schema's limits, beyond them and far off them; `key` is what objects have. */
export function* atTheLimits(schema: Limited, key: string): Generator<unknown> {
  yield* KINDS;
  yield* beside(schema, key);
}

function* beside(schema: Limited, key: string): Generator<unknown> {
  const { minimum, maximum, minLength = 0, maxLength, minItems = 0, maxItems, items, additionalProperties } = schema;
  for (const one of schema.anyOf ?? []) yield* beside(one, key);
  yield* schema.enum ?? [];
  for (const limit of [minimum, maximum]) {
    if (limit !== undefined) yield* [limit - 1, limit - 0.5, limit, limit + 0.5, limit + 1];
  }
  for (const length of around(minLength, maxLength)) yield* ['x'.repeat(length), '😀'.repeat(length)];
  if (schema.format === 'date') yield* ['2026-01-31', '2024-02-29', '2026-02-29', '2026-1-31', '2026-01-31T00:00:00Z'];
  if (schema.pattern !== undefined) yield* PATTERNED;
  if (schema.type === 'array') {
    for (const length of around(minItems, maxItems)) yield Array.from({ length }, (_, i) => `x${i}`);
    yield ['x', 'x'];
    for (const item of beside(items ?? {}, key)) yield [item];
  }
  if (additionalProperties) for (const one of atTheLimits(additionalProperties, key)) yield { [key]: one };
}

/** The least and the most, and one more and less; little where there is no most. */
const around = (least: number, most: number | undefined): number[] =>
  [least - 1, least, least + 1, ...(most === undefined ? [] : [most, most + 1])].filter((length) => length >= 0);
