import { invalid } from './errors.js';

/** A request's fields by name, before any of them is trusted. */
export type Fields = Readonly<Record<string, unknown>>;

/** True for an object with fields, as JSON makes them; not for arrays, maps and the like. */
export function isFields(value: unknown): value is Fields {
  return Object.prototype.toString.call(value) === '[object Object]';
}

/** A field that must be a string when it is there. */
export function optionalString(fields: Fields, name: string): string | undefined {
  const value = fields[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') throw invalid(name, `${name} must be a string, not ${kindOf(value)}.`);
  return value;
}

/** A field that must be true or false when it is there. */
export function optionalBoolean(fields: Fields, name: string): boolean | undefined {
  const value = fields[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'boolean') throw invalid(name, `${name} must be true or false, not ${kindOf(value)}.`);
  return value;
}

/** What a number may be; both ends are included. */
interface Bounds {
  readonly min: number;
  readonly max: number;
  /** Whether it must be a whole one. */
  readonly whole?: boolean;
}

/** A field that must be a number within the bounds when it is there. */
export function optionalNumber(fields: Fields, name: string, { min, max, whole }: Bounds): number | undefined {
  const value = fields[name];
  if (value === undefined || value === null) return undefined;
  // Written so that NaN fails.
  if (typeof value === 'number' && value >= min && value <= max && !(whole && value % 1)) return value;
  const range = max === Number.POSITIVE_INFINITY ? `of at least ${min}` : `from ${min} to ${max}`;
  const got = typeof value === 'number' ? String(value) : kindOf(value);
  throw invalid(name, `${name} must be a ${whole ? 'whole ' : ''}number ${range}, not ${got}.`);
}

/** The number that a text is; anything else is NaN, which `optionalNumber` refuses by name. */
export const numberOf = (text: string | undefined): number | undefined =>
  text === undefined ? undefined : isBlank(text) ? Number.NaN : Number(text);

/** What a value is, for messages. */
export function kindOf(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (Array.isArray(value)) return 'an array';
  if (typeof value !== 'object') return `a ${typeof value}`;
  // The prototype's constructor: an object of the request may have a field of that name.
  const name: unknown = Object.getPrototypeOf(value)?.constructor?.name;
  return typeof name === 'string' && name !== 'Object' ? `a value of type ${name.slice(0, 40)}` : 'an object';
}

/** True when nothing but white space is there. */
export const isBlank = (text: string): boolean => text.trim() === '';

/** Text in a message, cut short and on one line. */
export function quote(text: string): string {
  const points = [...text.slice(0, 120)];
  return JSON.stringify(points.length > 40 ? `${points.slice(0, 40).join('')}…` : text);
}
