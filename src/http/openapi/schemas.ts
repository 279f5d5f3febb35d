import { STATUS } from '../../contract/errors.js';
import { LIMITS } from '../../contract/limits.js';

/** A JSON Schema. */
export type Schema = Readonly<Record<string, unknown>>;

const string: Schema = { type: 'string' };
const boolean: Schema = { type: 'boolean' };
const integer: Schema = { type: 'integer', minimum: 0 };
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

const labels = list(
  { type: 'string', minLength: 1, maxLength: LIMITS.labelLength },
  { minItems: 1, maxItems: LIMITS.labels, uniqueItems: true },
);
const text: Schema = { type: 'string', minLength: 1, description: `At most ${LIMITS.tokens} tokens.` };
const texts = list(string, { minItems: 1, maxItems: LIMITS.texts });

const described = {
  'labels?': labels,
  'classifier?': { type: 'string', description: 'A saved classifier instead of labels: name or name@vN.' },
  'descriptions?': byLabel(string),
  'examples?': byLabel(list(string)),
  'text_type?': string,
  'source_type?': { ...string, description: 'The older name of text_type.' },
};
const asked = {
  ...described,
  'priority?': { enum: ['standard', 'fast'] },
  'cache?': { ...boolean, description: 'False skips the cache read.' },
  'model?': string,
  'scores?': boolean,
  'explain?': boolean,
  'file?': {
    ...string,
    description: `PDF, DOCX or picture of at most ${LIMITS.pages} pages: https URL, data URL or base64. Then text may be left out.`,
  },
  'image?': {
    anyOf: [string, { ...list(string), minItems: 1, maxItems: LIMITS.images }],
    description:
      'PNG, JPEG, WebP, AVIF, GIF or BMP with writing: https URL, data URL or base64. Then text may be left out.',
  },
  'password?': { ...string, description: 'Of an encrypted file.' },
  'hypothesis_template?': string,
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
  ClassifyRequest: object({ 'text?': text, ...asked, ...forClassify }),
  TagRequest: object({ 'text?': text, ...asked, ...forTag }),
  BatchClassifyRequest: object({ texts, ...asked, ...forClassify }),
  BatchTagRequest: object({ texts, ...asked, ...forTag }),
  ClassifyResponse: object({ 'label?': string, confidence: unit, ...single }),
  TagResponse: object({ labels: list(ref('TagLabel')), ...single }),
  BatchClassifyResult: object({ 'label?': string, 'confidence?': unit, ...item }),
  BatchTagResult: object({ 'labels?': list(ref('TagLabel')), ...item }),
  BatchClassifyResponse: many('BatchClassifyResult'),
  BatchTagResponse: many('BatchTagResult'),
  JobRequest: object({ ...described, 'mode?': mode, 'threshold?': unit, 'model?': string }),
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
  ClassifierDefinition: object({
    name: { type: 'string', pattern: '^[a-z0-9._-]{1,64}$' },
    labels,
    'descriptions?': byLabel(string),
    'examples?': byLabel(list(string)),
    'mode?': mode,
    'threshold?': unit,
    'text_type?': string,
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
  KeyRequest: object({ name: { type: 'string', minLength: 1, maxLength: 100 } }),
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
        date: { type: 'string', format: 'date' },
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
