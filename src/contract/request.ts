import { type Fields, isBlank, isFields, kindOf, optionalBoolean, optionalNumber, optionalString } from './checks.js';
import { failure, invalid } from './errors.js';
import { checkFile, checkImages } from './file.js';
import { checkLabels } from './labels.js';
import { DEFAULT_THRESHOLD, LIMITS } from './limits.js';
import type { Task, TaskKind } from './task.js';

/** One of the four real-time calls. */
export interface Call {
  readonly kind: TaskKind;
  readonly batch: boolean;
}

/** The four real-time calls by the name of their method. */
export const CALLS = {
  classify: { kind: 'classify', batch: false },
  tag: { kind: 'tag', batch: false },
  classifyBatch: { kind: 'classify', batch: true },
  tagBatch: { kind: 'tag', batch: true },
} as const satisfies Record<string, Call>;

const SHARED = [
  'labels', 'classifier', 'descriptions', 'examples', 'text_type', 'source_type', 'threshold', 'priority', 'cache',
  'image', 'file', 'password', 'model', 'scores', 'explain', 'hypothesis_template', 'budget_ms',
] as const; // biome-ignore format: a list is easier to read as a block

/** The wire fields that a call knows. */
export function knownFields({ kind, batch }: Call): readonly string[] {
  return [batch ? 'texts' : 'text', ...SHARED, ...(kind === 'classify' ? ['min_confidence'] : [])];
}

/** Names of a request's fields that are not known. */
export function unknownFields(fields: Fields, known: readonly string[]): string[] {
  const names = new Set(known);
  return Object.keys(fields).filter((name) => !names.has(name) && fields[name] !== undefined);
}

/**
 * Checks a request against sections 1, 2 and 9 of the contract.
 *
 * Throws VALIDATION_ERROR naming the field; fields it does not know are left to `unknownFields`, and a classifier's
 * name has been replaced by its fields.
 */
export function checkRequest(call: Call, input: unknown): Task {
  if (!isFields(input)) throw failure('BAD_REQUEST', `A request must be an object, not ${kindOf(input)}.`);
  const labels = checkLabels(input);
  const file = checkFile(input);
  const files = [...(file ? [file] : []), ...checkImages(input)];
  const texts = call.batch ? checkTexts(input) : [checkText(input, files.length > 0)];
  const threshold = call.kind === 'tag' ? optionalNumber(input, 'threshold', UNIT) : undefined;
  return {
    kind: call.kind,
    texts,
    files,
    labels,
    threshold: threshold ?? DEFAULT_THRESHOLD,
    minConfidence: (call.kind === 'classify' ? optionalNumber(input, 'min_confidence', UNIT) : undefined) ?? 0,
    textType: optionalString(input, 'text_type') ?? optionalString(input, 'source_type'),
    template: checkTemplate(input),
    priority: checkPriority(input),
    urgency: call.batch ? 'batch' : 'interactive',
    cache: optionalBoolean(input, 'cache') ?? true,
    model: optionalString(input, 'model'),
    scores: optionalBoolean(input, 'scores') ?? false,
    explain: optionalBoolean(input, 'explain') ?? false,
    budget: optionalNumber(input, 'budget_ms', POSITIVE) ?? Number.POSITIVE_INFINITY,
  };
}

/** What a confidence or threshold may be. */
export const UNIT = { min: 0, max: 1 };
const POSITIVE = { min: 0, max: Number.POSITIVE_INFINITY };

function checkText(fields: Fields, hasFile: boolean): string {
  const text = optionalString(fields, 'text');
  if (text === undefined && !hasFile) throw invalid('text', 'text is required.');
  if (isBlank(text ?? '') && !hasFile) throw invalid('text', 'text is empty.');
  return text ?? '';
}

function checkTexts(fields: Fields): string[] {
  const { texts } = fields;
  if (!Array.isArray(texts)) throw invalid('texts', `texts must be an array, not ${kindOf(texts)}.`);
  if (texts.length < 1 || texts.length > LIMITS.texts) {
    throw invalid('texts', `texts must have 1 to ${LIMITS.texts} entries; this has ${texts.length}.`);
  }
  return Array.from(texts, (text: unknown, index) => {
    if (typeof text === 'string') return text;
    throw invalid('texts', `texts[${index}] must be a string, not ${kindOf(text)}.`);
  });
}

function checkPriority(fields: Fields): Task['priority'] {
  const priority = optionalString(fields, 'priority') ?? 'standard';
  if (priority === 'standard' || priority === 'fast') return priority;
  throw invalid('priority', 'priority must be "standard" or "fast".');
}

/** The template with `{label}` in the label's place, whichever of the two spellings it came in. */
function checkTemplate(fields: Fields): string | undefined {
  const template = optionalString(fields, 'hypothesis_template');
  const parts = template?.split(/\{(?:label)?\}/);
  if (parts === undefined || parts.length === 2) return parts?.join('{label}');
  throw invalid('hypothesis_template', 'hypothesis_template must have {} exactly once, where the label goes.');
}
