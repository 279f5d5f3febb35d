import { type Fields, isBlank, isFields, kindOf, quote } from './checks.js';
import { invalid } from './errors.js';
import { LIMITS } from './limits.js';
import { nearest } from './nearest.js';
import type { Label } from './task.js';

/** The request's labels with their descriptions and examples, checked against section 1 of the contract. */
export function checkLabels(fields: Fields): Label[] {
  const given = fields['labels'] !== undefined && fields['labels'] !== null;
  if (!given) throw invalid('labels', 'Either labels or a classifier is required.');
  const names = checkNames(fields['labels']);
  const descriptions = perLabel(fields, 'descriptions', names);
  const examples = perLabel(fields, 'examples', names);
  return names.map((name) => ({
    name,
    description: description(name, descriptions.get(name)),
    examples: exampleTexts(name, examples.get(name)),
  }));
}

function checkNames(value: unknown): string[] {
  if (!Array.isArray(value)) throw invalid('labels', `labels must be an array, not ${kindOf(value)}.`);
  if (value.length < 1 || value.length > LIMITS.labels) {
    throw invalid('labels', `labels must have 1 to ${LIMITS.labels} entries; this has ${value.length}.`);
  }
  const seen = new Map<string, number>();
  return Array.from(value, (label: unknown, index) => {
    if (typeof label !== 'string') throw invalid('labels', `labels[${index}] must be a string, not ${kindOf(label)}.`);
    if (isBlank(label)) throw invalid('labels', `labels[${index}] is empty.`);
    const length = [...label.slice(0, 2 * LIMITS.labelLength + 2)].length;
    if (length > LIMITS.labelLength) {
      throw invalid('labels', `labels[${index}] is longer than ${LIMITS.labelLength} characters: ${quote(label)}.`);
    }
    const twin = seen.get(label);
    if (twin !== undefined) throw invalid('labels', `labels[${twin}] and labels[${index}] are both ${quote(label)}.`);
    seen.set(label, index);
    return label;
  });
}

/** A field of the shape label → value; each key must be a label of the request. */
function perLabel(fields: Fields, field: string, names: readonly string[]): Map<string, unknown> {
  const value = fields[field];
  if (value === undefined || value === null) return new Map();
  if (!isFields(value)) throw invalid(field, `${field} must be an object by label, not ${kindOf(value)}.`);
  const known = new Set(names);
  for (const key of Object.keys(value)) {
    if (known.has(key)) continue;
    const near = nearest(key, names);
    throw invalid(
      field,
      `${field} has ${quote(key)}, which is no label.${near ? ` Did you mean ${quote(near)}?` : ''}`,
    );
  }
  return new Map(Object.entries(value));
}

function description(name: string, value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') {
    throw invalid('descriptions', `The description of ${quote(name)} must be a string, not ${kindOf(value)}.`);
  }
  return isBlank(value) ? undefined : value;
}

function exampleTexts(name: string, value: unknown): string[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) {
    throw invalid('examples', `The examples of ${quote(name)} must be an array of texts, not ${kindOf(value)}.`);
  }
  for (const text of value) {
    if (typeof text === 'string' && !isBlank(text)) continue;
    throw invalid('examples', `The examples of ${quote(name)} must be texts that are not empty.`);
  }
  return [...new Set(value as string[])];
}
