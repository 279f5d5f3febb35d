import { KEPT_LIMITS } from '../../contract/limits.js';
import { CURSOR } from '../../service/account/logs.js';
import { date, from1, type Schema, string } from './schema.js';

/** What the document says about a route. */
export interface Operation {
  readonly summary: string;
  /** Schema of the JSON body. */
  readonly body?: string;
  /** Parameters of the address. */
  readonly query?: Readonly<Record<string, Schema>>;
  /** Status of success and the schema of its body; null for none. */
  readonly answer: readonly [status: number, schema: string | null];
  /** Statuses of refusals besides those of every route. */
  readonly refusals: readonly number[];
}

const REAL_TIME = [400, 404, 408, 413, 422, 429, 503];
const BODY = [400, 408, 413, 422];

/** By method and path. */
export const OPERATIONS: Readonly<Record<string, Operation>> = {
  'POST /v1/classify': {
    summary: 'The one label that fits best',
    body: 'ClassifyRequest',
    answer: [200, 'ClassifyResponse'],
    refusals: REAL_TIME,
  },
  'POST /v1/tag': {
    summary: 'Every label above the threshold',
    body: 'TagRequest',
    answer: [200, 'TagResponse'],
    refusals: REAL_TIME,
  },
  'POST /v1/classify/batch': {
    summary: 'classify for up to 1000 texts',
    body: 'BatchClassifyRequest',
    answer: [200, 'BatchClassifyResponse'],
    refusals: REAL_TIME,
  },
  'POST /v1/tag/batch': {
    summary: 'tag for up to 1000 texts',
    body: 'BatchTagRequest',
    answer: [200, 'BatchTagResponse'],
    refusals: REAL_TIME,
  },
  'POST /v1/batch': {
    summary: 'Make a job over a file of NDJSON',
    body: 'JobRequest',
    answer: [201, 'NewJob'],
    refusals: [...BODY, 404, 503, 507],
  },
  'GET /v1/batch': { summary: 'All jobs, newest first', answer: [200, 'Jobs'], refusals: [] },
  'GET /v1/batch/{job_id}': { summary: 'How far a job is', answer: [200, 'Job'], refusals: [404] },
  'DELETE /v1/batch/{job_id}': {
    summary: 'Remove a job with its files',
    answer: [204, null],
    refusals: [404, 409],
  },
  'POST /v1/batch/{job_id}/start': {
    summary: 'Start a job whose file was uploaded',
    answer: [202, 'Job'],
    refusals: [404, 409],
  },
  'GET /v1/batch/{job_id}/results': {
    summary: 'Where the results of a completed job are',
    answer: [200, 'JobResults'],
    refusals: [404, 409],
  },
  'POST /v1/batch/{job_id}/upload': {
    summary: 'Upload a job’s file, as upload_url and upload_fields say',
    answer: [204, null],
    refusals: [400, 404, 408, 409, 413, 507],
  },
  'GET /v1/batch/{job_id}/results/file': {
    summary: 'The results, NDJSON, as results_url says',
    query: { signature: string },
    answer: [200, 'application/x-ndjson'],
    refusals: [404, 409],
  },
  'GET /v1/classifiers': {
    summary: 'The newest version of each classifier',
    answer: [200, 'Classifiers'],
    refusals: [],
  },
  'POST /v1/classifiers': {
    summary: 'Save a classifier as the next version of its name',
    body: 'ClassifierDefinition',
    answer: [201, 'Classifier'],
    refusals: [...BODY, 507],
  },
  'GET /v1/classifiers/{name}': {
    summary: 'A classifier: the newest version, or the one asked for',
    query: { version: from1(KEPT_LIMITS.version) },
    answer: [200, 'Classifier'],
    refusals: [404, 422],
  },
  'DELETE /v1/classifiers/{name}': {
    summary: 'Remove a classifier with all its versions',
    answer: [204, null],
    refusals: [404, 422],
  },
  'GET /v1/keys': { summary: 'The keys, without their values', answer: [200, 'Keys'], refusals: [] },
  'POST /v1/keys': {
    summary: 'Make a key; its value is shown this once',
    body: 'KeyRequest',
    answer: [201, 'NewKey'],
    refusals: [...BODY, 507],
  },
  'DELETE /v1/keys/{id}': { summary: 'Revoke a key', answer: [204, null], refusals: [404] },
  'GET /v1/balance': { summary: 'Local use is free', answer: [200, 'Balance'], refusals: [] },
  'GET /v1/usage': {
    summary: 'Requests, tokens, cache hits and latency a day',
    query: { from: date, to: date },
    answer: [200, 'Usage'],
    refusals: [422],
  },
  'GET /v1/logs': {
    summary: 'Requests, newest first, page by page',
    query: { limit: from1(KEPT_LIMITS.logPage), before: { ...string, pattern: CURSOR.source } },
    answer: [200, 'Logs'],
    refusals: [422],
  },
  'GET /openapi.json': { summary: 'This document', answer: [200, 'application/json'], refusals: [] },
};
