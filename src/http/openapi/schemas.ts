import { STATUS } from '../../contract/errors.js';
import { REQUESTS } from './requests.js';
import {
  boolean,
  byLabel,
  date,
  integer,
  list,
  mode,
  object,
  orNull,
  ref,
  type Schema,
  string,
  time,
  unit,
} from './schema.js';

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

/** Pages and pictures by their numbers. */
const numbered = { 'pages?': list(integer), 'images?': list(integer) };

/** Every shape of the contract, as JSON Schema 2020-12. */
export const SCHEMAS: Readonly<Record<string, Schema>> = {
  ...REQUESTS,
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
  ReadByOcr: object({ ...numbered, 'unread?': object(numbered) }),
  ClassifyResponse: object({ 'label?': string, confidence: unit, ...single }),
  TagResponse: object({ labels: list(ref('TagLabel')), ...single }),
  BatchClassifyResult: object({ 'label?': string, 'confidence?': unit, ...item }),
  BatchTagResult: object({ 'labels?': list(ref('TagLabel')), ...item }),
  BatchClassifyResponse: many('BatchClassifyResult'),
  BatchTagResponse: many('BatchTagResult'),
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
