/** A JSON Schema. */
export type Schema = Readonly<Record<string, unknown>>;

export const string: Schema = { type: 'string' };
export const boolean: Schema = { type: 'boolean' };
export const integer: Schema = { type: 'integer', minimum: 0 };
/** A whole number from 1 on. */
export const from1 = (maximum: number): Schema => ({ type: 'integer', minimum: 1, maximum });
export const date: Schema = { type: 'string', format: 'date' };
export const unit: Schema = { type: 'number', minimum: 0, maximum: 1 };
export const time: Schema = { type: 'string', format: 'date-time' };
export const orNull = (schema: Schema): Schema => ({ anyOf: [schema, { type: 'null' }] });
export const list = (items: Schema, more: Schema = {}): Schema => ({ type: 'array', items, ...more });
export const byLabel = (value: Schema): Schema => ({ type: 'object', additionalProperties: value });
export const mode: Schema = { enum: ['single', 'multi'] };
/** A part of the document by its name. */
export const ref = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });

/** An object; names that end in ? may be left out. */
export function object(fields: Readonly<Record<string, Schema>>): Schema {
  const names = Object.keys(fields);
  return {
    type: 'object',
    properties: Object.fromEntries(names.map((name) => [name.replace('?', ''), fields[name]])),
    required: names.filter((name) => !name.endsWith('?')),
  };
}
