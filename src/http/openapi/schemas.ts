import { NAME } from '../../contract/classifier.js';
import { STATUS } from '../../contract/errors.js';
import { KEPT_LIMITS, LIMITS } from '../../contract/limits.js';

/** A JSON Schema. */
export type Schema = Readonly<Record<string, unknown>>;

export const string: Schema = { type: 'string' };
const boolean: Schema = { type: 'boolean' };
const integer: Schema = { type: 'integer', minimum: 0 };
/** A whole number from 1 on. */
export const from1 = (maximum: number): Schema => ({ type: 'integer', minimum: 1, maximum });
export const date: Schema = { type: 'string', format: 'date' };
/** More than white space. */
const filled: Schema = { type: 'string', minLength: 1, pattern: '\\S' };
const unit: Schema = { type: 'number', minimum: 0, maximum: 1 };
const time: Schema = { type: 'string', format: 'date-time' };
const orNull = (schema: Schema): Schema => ({ anyOf: [schema, { type: 'null' }] });
const list = (items: Schema, more: Schema = {}): Schema => ({ type: 'array', items, ...more });
const byLabel = (value: Schema): Schema => ({ type: 'object', additionalProperties: value });
const mode: Schema = { enum: ['single', 'multi'] };
/** A part of the document by its name. */
export const ref = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });

/** An object; names that end in ? may be left out. */
function object(fields: Readonly<Record<string, Schema>>, description?: string): Schema {
  const names = Object.keys(fields);
  return {
    type: 'object',
    properties: Object.fromEntries(names.map((name) => [name.replace('?', ''), fields[name]])),
    required: names.filter((name) => !name.endsWith('?')),
    ...(description && { description }),
  };
}

/** A request: what may be left out may also be null; `rules` hold of the object as a whole. */
function request(fields: Readonly<Record<string, Schema>>, ...rules: readonly Schema[]): Schema {
  const nullable = Object.entries(fields).map(([name, schema]) => [name, name.endsWith('?') ? orNull(schema) : schema]);
  return { ...object(Object.fromEntries(nullable)), ...(rules.length > 0 && { allOf: rules }) };
}

const labels = list(
  { ...filled, maxLength: LIMITS.labelLength },
  { minItems: 1, maxItems: LIMITS.labels, uniqueItems: true },
);
const text: Schema = {
  ...string,
  description: `At most ${LIMITS.tokens} tokens, and not blank unless there is a file or image.`,
};
const texts = list(string, { minItems: 1, maxItems: LIMITS.texts });
/** A field that is there, and not null. */
const given = (name: string, schema: Schema): Schema => ({ required: [name], properties: { [name]: schema } });
const none: Schema = { type: 'null' };
/** Labels, or a classifier in their place. */
const labelled: Schema = {
  anyOf: [
    { required: ['labels'], properties: { labels: { type: 'array' }, classifier: none } },
    { required: ['classifier'], properties: { classifier: string, labels: none } },
  ],
};
/** Something to read. */
const readable: Schema = {
  anyOf: [given('text', filled), given('file', string), given('image', { type: ['string', 'array'] })],
};

const KEYS = 'By label: a key that is no label of the request is refused with 422.';
const ofLabels = {
  'descriptions?': { ...byLabel(orNull(string)), description: KEYS },
  'examples?': { ...byLabel(orNull(list(filled))), description: KEYS },
  'text_type?': string,
};
const described = {
  'labels?': labels,
  'classifier?': { ...filled, description: 'A saved classifier instead of labels: name or name@vN.' },
  ...ofLabels,
  'source_type?': { ...string, description: 'The older name of text_type.' },
};
/** `{}` or `{label}` exactly once. */
const template = '^((?!\\{(label)?\\})[\\s\\S])*\\{(label)?\\}((?!\\{(label)?\\})[\\s\\S])*$';
const asked = {
  ...described,
  'priority?': { enum: ['standard', 'fast'] },
  'cache?': { ...boolean, description: 'False skips the cache read.' },
  'model?': string,
  'scores?': boolean,
  'explain?': boolean,
  'file?': {
    ...filled,
    description: `PDF, DOCX or picture of at most ${LIMITS.pages} pages: https URL, data URL or base64. Then text may be left out.`,
  },
  'image?': {
    anyOf: [filled, { ...list(filled), minItems: 1, maxItems: LIMITS.images }],
    description:
      'PNG, JPEG, WebP, AVIF, GIF or BMP with writing: https URL, data URL or base64. Then text may be left out.',
  },
  'password?': { ...string, description: 'Of an encrypted file.' },
  'hypothesis_template?': {
    ...string,
    pattern: template,
    description: 'With {} or {label} once, where the label goes.',
  },
  'budget_ms?': { type: 'number', minimum: 0 },
};
const forClassify = { 'min_confidence?': unit };
const forTag = { 'threshold?': unit };
const extras = {
  'scores?': list(ref('TagLabel')),
  'evidence?': list(ref('Evidence')),
  'visual_tokens?': integer,
  'ocr?': ref('ReadByOcr'),
};
const single = { tokens: integer, latency_ms: { type: 'number' }, cached: boolean, ...extras };
const many = (result: string) =>
  object({ results: list(ref(result)), total_tokens: integer, latency_ms: { type: 'number' } });
const item = { tokens: integer, cached: boolean, cache: object({ hit: boolean }), 'error?': string, ...extras };
const key = { id: string, name: string, created_at: time };

/** Every shape of the contract, as JSON Schema 2020-12. */
export const SCHEMAS: Readonly<Record<string, Schema>> = {
  Error: object({
    error: { ...string, description: 'The lowercase, hyphenated form of code.' },
    code: { enum: Object.keys(STATUS) },
    message: string,
    detail: { ...string, description: 'Repeats message.' },
    'details?': { type: 'object' },
  }),
  TagLabel: object({ label: string, confidence: unit }),
  Evidence: object({
    label: string,
    weight: unit,
    kind: { enum: ['text', 'page', 'image'] },
    'start?': integer,
    'end?': integer,
    'page?': integer,
    'image?': integer,
    'shows?': string,
  }),
  ReadByOcr: object({ 'pages?': list(integer), 'images?': list(integer) }),
  ClassifyRequest: request({ 'text?': text, ...asked, ...forClassify }, labelled, readable),
  TagRequest: request({ 'text?': text, ...asked, ...forTag }, labelled, readable),
  BatchClassifyRequest: request({ texts, ...asked, ...forClassify }, labelled),
  BatchTagRequest: request({ texts, ...asked, ...forTag }, labelled),
  ClassifyResponse: object({ 'label?': string, confidence: unit, ...single }),
  TagResponse: object({ labels: list(ref('TagLabel')), ...single }),
  BatchClassifyResult: object({ 'label?': string, 'confidence?': unit, ...item }),
  BatchTagResult: object({ 'labels?': list(ref('TagLabel')), ...item }),
  BatchClassifyResponse: many('BatchClassifyResult'),
  BatchTagResponse: many('BatchTagResult'),
  JobRequest: request({ ...described, 'mode?': mode, 'threshold?': unit, 'model?': string }, labelled),
  NewJob: object({
    job_id: { type: 'string', pattern: '^batch_[0-9a-f]{16}$' },
    upload_url: { type: 'string', format: 'uri' },
    upload_fields: byLabel(string),
    input_key: string,
  }),
  Upload: {
    type: 'object',
    properties: { key: string, signature: string, file: { type: 'string', contentMediaType: 'application/x-ndjson' } },
    required: ['key', 'signature', 'file'],
    description: 'upload_fields, and after them the file: one JSON object with text, and id if wanted, a line.',
  },
  Job: object({
    job_id: string,
    status: { enum: ['pending', 'processing', 'completed', 'failed'] },
    mode,
    classifier: orNull(string),
    labels: list(string),
    requests_total: orNull(integer),
    requests_completed: integer,
    requests_failed: integer,
    estimated_tokens: orNull(integer),
    actual_tokens: orNull(integer),
    error: orNull(string),
    created_at: time,
    started_at: orNull(time),
    completed_at: orNull(time),
  }),
  Jobs: object({ jobs: list(ref('Job')) }),
  JobResults: object({ results_url: { type: 'string', format: 'uri' } }),
  ClassifierDefinition: request({
    name: { ...string, pattern: NAME.source },
    labels,
    ...ofLabels,
    'mode?': mode,
    'threshold?': unit,
  }),
  Classifier: object({
    name: string,
    labels: list(string),
    'descriptions?': byLabel(string),
    'examples?': byLabel(list(string)),
    mode,
    'threshold?': unit,
    'text_type?': string,
    version: { type: 'integer', minimum: 1 },
    created_at: time,
  }),
  Classifiers: object({ classifiers: list(ref('Classifier')) }),
  KeyRequest: object({ name: { ...filled, maxLength: KEPT_LIMITS.keyName } }),
  NewKey: object({ ...key, key: { ...string, description: 'Shown this once.' } }),
  Keys: object({ keys: list(object(key)) }),
  Balance: object({
    plan: { const: 'local' },
    unlimited: { const: true },
    balance: { type: 'null' },
    currency: { const: 'USD' },
    message: string,
  }),
  Usage: object({
    days: list(
      object({
        date,
        requests: integer,
        errors: integer,
        texts: integer,
        tokens: integer,
        cache_hits: integer,
        latency_ms: object({
          p50: orNull({ type: 'number' }),
          p90: orNull({ type: 'number' }),
          p99: orNull({ type: 'number' }),
        }),
      }),
    ),
  }),
  Logs: object({
    logs: list(
      object({
        request_id: string,
        created_at: time,
        endpoint: string,
        model: orNull(string),
        status: integer,
        error_code: orNull(string),
        texts: integer,
        tokens: integer,
        cache_hits: integer,
        latency_ms: orNull({ type: 'number' }),
        key_id: orNull(string),
        'inputs?': list(string),
      }),
    ),
    next: orNull(string),
  }),
};
