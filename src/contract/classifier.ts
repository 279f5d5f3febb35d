import { type Fields, isFields, kindOf, optionalNumber, optionalString, quote } from './checks.js';
import { failure, invalid } from './errors.js';
import { checkLabels } from './labels.js';
import { refuseUnknown } from './unknown.js';

/** A classifier as it is saved. */
export interface ClassifierDefinition {
  /** 1–64 of `a-z 0-9 . _ -`. */
  name: string;
  labels: readonly string[];
  descriptions?: Readonly<Record<string, string>> | undefined;
  examples?: Readonly<Record<string, readonly string[]>> | undefined;
  /** What it is meant for: one label (`"single"`, default) or any number (`"multi"`). */
  mode?: 'single' | 'multi' | undefined;
  /** For tags: labels whose confidence is strictly above this are returned. */
  threshold?: number | undefined;
  text_type?: string | undefined;
}

/** A version of a saved classifier; it never changes. */
export interface SavedClassifier extends ClassifierDefinition {
  mode: 'single' | 'multi';
  /** 1 for the first, counting up each time the name is saved. */
  version: number;
  /** ISO 8601. */
  created_at: string;
}

/** The name of a classifier. */
export const NAME = /^(?!\.+$)[a-z0-9._-]{1,64}$/;
export const CLASSIFIER_FIELDS = [
  'name',
  'labels',
  'descriptions',
  'examples',
  'mode',
  'threshold',
  'text_type',
] as const;

/** Checks a classifier that is to be saved; throws VALIDATION_ERROR naming the field at fault. */
export function checkClassifier(
  input: unknown,
  known: readonly string[] = CLASSIFIER_FIELDS,
): ClassifierDefinition & { mode: 'single' | 'multi' } {
  if (!isFields(input)) throw failure('BAD_REQUEST', `A classifier must be an object, not ${kindOf(input)}.`);
  refuseUnknown(input, known);
  const name = optionalString(input, 'name');
  if (name === undefined) throw invalid('name', 'name is required.');
  if (!NAME.test(name)) throw invalid('name', `name must be 1 to 64 of a-z 0-9 . _ -, not ${quote(name)}.`);
  const labels = checkLabels({ ...input, classifier: undefined });
  const described = labels.filter(({ description }) => description !== undefined);
  const exemplified = labels.filter(({ examples }) => examples.length > 0);
  const threshold = optionalNumber(input, 'threshold', { min: 0, max: 1 });
  const text_type = optionalString(input, 'text_type');
  return {
    name,
    labels: labels.map((label) => label.name),
    ...(described.length > 0 && {
      descriptions: Object.fromEntries(described.map((label) => [label.name, label.description as string])),
    }),
    ...(exemplified.length > 0 && {
      examples: Object.fromEntries(exemplified.map((label) => [label.name, label.examples])),
    }),
    mode: checkMode(input),
    ...(threshold !== undefined && { threshold }),
    ...(text_type !== undefined && { text_type }),
  };
}

/** The `mode` of a classifier or a job. */
export function checkMode(fields: Fields): 'single' | 'multi' {
  const mode = optionalString(fields, 'mode') ?? 'single';
  if (mode === 'single' || mode === 'multi') return mode;
  throw invalid('mode', `mode must be "single" or "multi", not ${quote(mode)}.`);
}

/** A request's `classifier`, which takes the place of labels; throws VALIDATION_ERROR where it cannot. */
export function checkReference(fields: Fields): string | undefined {
  const { classifier } = fields;
  if (classifier === undefined || classifier === null) return undefined;
  if (fields['labels'] !== undefined && fields['labels'] !== null) {
    throw invalid('classifier', 'Send either labels or a classifier, not both.');
  }
  if (typeof classifier !== 'string' || classifier.trim() === '') {
    throw invalid('classifier', 'classifier must be the name of a saved classifier.');
  }
  return classifier;
}

/** Which classifier and which version, the newest when undefined, a request's `classifier` means. */
export function classifierReference(fields: Fields): { name: string; version: number | undefined } | undefined {
  const classifier = checkReference(fields);
  if (classifier === undefined) return undefined;
  const [, name, version] = /^(.*?)(?:@v(\d{1,9}))?$/s.exec(classifier) ?? [];
  if (name === undefined || !NAME.test(name)) throw unknownClassifier(classifier);
  return { name, version: version === undefined ? undefined : Number(version) };
}

/** The error of a name, or of a version of it, that was never saved. */
export const unknownClassifier = (reference: string) =>
  failure('CLASSIFIER_NOT_FOUND', `No classifier named ${quote(reference)} is saved here.`, { field: 'classifier' });

/** A request with its classifier's fields filled in; what the request says itself goes before, label by label. */
export function withClassifier(fields: Fields, saved: SavedClassifier): Fields {
  const { classifier: _, ...own } = fields;
  return {
    ...own,
    labels: saved.labels,
    descriptions: overlay(saved.descriptions, own['descriptions']),
    examples: overlay(saved.examples, own['examples']),
    threshold: own['threshold'] ?? saved.threshold,
    text_type: own['text_type'] ?? own['source_type'] ?? saved.text_type,
  };
}

/** Anything but an object is left to the checks, which refuse it. */
function overlay(saved: object | undefined, own: unknown): unknown {
  if (own === undefined || own === null) return saved;
  return isFields(own) ? Object.fromEntries([...Object.entries(saved ?? {}), ...Object.entries(own)]) : own;
}
