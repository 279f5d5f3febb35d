import { expect } from 'vitest';
import { ENDPOINTS } from '../../src/contract/endpoints.js';

/** A body that is sent: JSON, a form with a file, or text as it is. */
export type SentBody =
  | { readonly json: unknown }
  | { readonly form: Readonly<Record<string, string>>; readonly file: string }
  | { readonly text: string };

/** A request as data, so that a page can be told to send it. */
export interface Sent {
  readonly method: string;
  /** A path, or an address that an earlier answer gave. */
  readonly path: string;
  readonly body?: SentBody;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An answer as data; names of headers are lower case. */
export interface Received {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON where it is JSON, else text. */
  readonly body: unknown;
}

export type Send = (sent: Sent) => Promise<Received>;

/** What earlier rows found out. */
export interface Known {
  readonly job: {
    readonly job_id: string;
    readonly upload_url: string;
    readonly upload_fields: Record<string, string>;
  };
  readonly results: { readonly results_url: string };
  readonly key: { readonly id: string };
  readonly logs: { readonly next: string };
}

/** A row: a request and what must come of it. */
export interface Row {
  readonly name: string;
  readonly sent: Sent | ((known: Known) => Sent);
  readonly status: number;
  /** Matched in part; null for an answer without a body. */
  readonly body?: unknown;
  /** A text or pattern that a header has; null for one that is not there. */
  readonly headers?: Readonly<Record<string, string | RegExp | null>>;
  /** Remembers something for the rows that follow. */
  readonly keep?: (body: Record<string, never>) => Record<string, unknown>;
  /** Asked again until the body is so. */
  readonly until?: (body: Record<string, never>) => boolean;
}

const text = 'I was charged twice for billing';
const labels = ['billing', 'praise'];
const post = (path: string, json: unknown, headers = {}): Sent => ({ method: 'POST', path, body: { json }, headers });
const get = (path: string): Sent => ({ method: 'GET', path });
const remove = (path: string): Sent => ({ method: 'DELETE', path });
const number = expect.any(Number);
const when = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/);
const refusal = (code: string, details?: object) => ({
  error: code.toLowerCase().replaceAll('_', '-'),
  code,
  message: expect.any(String),
  detail: expect.any(String),
  ...(details && { details: expect.objectContaining(details) }),
});
/** What every answer says where there are no limits. */
const UNLIMITED = {
  'x-request-id': /^req_/,
  'x-ratelimit-limit-requests': '2147483647',
  'x-ratelimit-remaining-requests': '2147483647',
  'x-ratelimit-limit-tokens': '2147483647',
  'x-ratelimit-remaining-tokens': '2147483647',
  'x-ratelimit-reset': /^\d+$/,
};
const ANSWERED = {
  ...UNLIMITED,
  'x-cache': 'MISS',
  'x-cache-key': /^[0-9a-f]{16}$/,
  'x-cache-age': null,
  'x-tokens-used': /^[1-9]\d*$/,
  'x-classer-source': 'local',
  'x-classer-model': /./,
  'retry-after': null,
};
const counted = { tokens: number, latency_ms: number };

/** The contract, row by row; rows build on those before them. */
export const CONTRACT: readonly Row[] = [
  {
    name: 'classify',
    sent: post('/v1/classify', { text, labels }),
    status: 200,
    body: { label: 'billing', confidence: number, cached: false, ...counted },
    headers: { ...ANSWERED, 'content-type': /^application\/json/, 'x-classer-warning': null },
  },
  {
    name: 'classify again, labels turned round',
    sent: post('/v1/classify', { labels: [...labels].reverse(), text }),
    status: 200,
    body: { label: 'billing', cached: true, tokens: number },
    headers: { ...ANSWERED, 'x-cache': 'HIT', 'x-cache-age': /^\d+$/, 'x-tokens-used': '0' },
  },
  {
    name: 'classify, not from the cache',
    sent: post('/v1/classify', { text, labels, cache: false }),
    status: 200,
    body: { cached: false },
    headers: ANSWERED,
  },
  {
    name: 'one label alone',
    sent: post('/v1/classify', { text, labels: ['billing'] }),
    status: 200,
    body: { label: 'billing', confidence: number },
  },
  {
    name: 'all fields',
    sent: post('/v1/classify', {
      text,
      labels,
      descriptions: { billing: 'money' },
      examples: { praise: ['thank you'] },
      text_type: 'mail',
      priority: 'fast',
      scores: true,
      explain: true,
      min_confidence: 0,
    }),
    status: 200,
    body: {
      scores: [
        { label: 'billing', confidence: number },
        { label: 'praise', confidence: number },
      ],
      evidence: expect.any(Array),
    },
  },
  {
    name: 'an unknown field',
    sent: post('/v1/classify', { text, labels, lables: [] }),
    status: 200,
    headers: { 'x-classer-warning': 'ignored: lables' },
  },
  {
    name: 'tag',
    sent: post('/v1/tag', { text, labels, threshold: 0 }),
    status: 200,
    body: { labels: [{ label: 'billing', confidence: number }, expect.any(Object)], cached: false, ...counted },
    headers: ANSWERED,
  },
  {
    name: 'classify batch',
    sent: post('/v1/classify/batch', { texts: [text, '', 'praise for you'], labels }),
    status: 200,
    body: {
      results: [
        { label: 'billing', cache: { hit: true }, cached: true, tokens: number },
        { error: expect.any(String), cache: { hit: false } },
        { label: 'praise', cache: { hit: false }, cached: false },
      ],
      total_tokens: number,
      latency_ms: number,
    },
    headers: ANSWERED,
  },
  {
    name: 'tag batch',
    sent: post('/v1/tag/batch', { texts: [text], labels, threshold: 0 }),
    status: 200,
    body: { results: [{ labels: expect.any(Array), cache: { hit: true } }], total_tokens: number },
    headers: { ...ANSWERED, 'x-cache': 'HIT', 'x-cache-age': /^\d+$/, 'x-tokens-used': '0' },
  },
  ...(
    [
      ['no labels', { text }, 'labels'],
      ['no text', { labels }, 'text'],
      ['labels and classifier', { text, labels, classifier: 'x' }, 'classifier'],
      ['a description of no label', { text, labels, descriptions: { bilin: 'x' } }, 'descriptions'],
      ['a wrong priority', { text, labels, priority: 'slow' }, 'priority'],
      ['cache a word', { text, labels, cache: 'no' }, 'cache'],
    ] as const
  ).map(([name, json, field]) => ({
    name,
    sent: post('/v1/classify', json),
    status: 422,
    body: refusal('VALIDATION_ERROR', { field }),
    headers: { 'x-request-id': /./ },
  })),
  {
    name: 'broken JSON',
    sent: { method: 'POST', path: '/v1/tag', body: { text: '{' } },
    status: 400,
    body: refusal('INVALID_JSON'),
  },
  { name: 'an array', sent: post('/v1/tag', []), status: 400, body: refusal('BAD_REQUEST') },
  {
    name: 'more than 1 MB',
    sent: post('/v1/tag', { text: 'x'.repeat(1_000_001), labels }),
    status: 413,
    body: refusal('PAYLOAD_TOO_LARGE'),
  },
  {
    name: 'a picture that is none',
    sent: post('/v1/tag', { image: 'data:image/png;base64,AA==', labels }),
    status: 422,
    body: refusal('DOCUMENT_ERROR', { field: 'image', reason: 'unsupported' }),
  },
  {
    name: 'another model',
    sent: post('/v1/tag', { text, labels, model: 'nope' }),
    status: 404,
    body: refusal('MODEL_NOT_FOUND'),
  },
  {
    name: 'another method',
    sent: get('/v1/classify'),
    status: 405,
    body: refusal('METHOD_NOT_ALLOWED'),
    headers: { allow: 'POST' },
  },
  { name: 'no route', sent: get('/v1/nope'), status: 404, body: refusal('NOT_FOUND') },
  {
    name: 'save a classifier',
    sent: post('/v1/classifiers', { name: 'support', labels, threshold: 0.2, mode: 'multi' }),
    status: 201,
    body: { name: 'support', labels, threshold: 0.2, mode: 'multi', version: 1, created_at: when },
  },
  {
    name: 'save it again',
    sent: post('/v1/classifiers', { name: 'support', labels: ['other', 'praise'] }),
    status: 201,
    body: { version: 2, mode: 'single' },
  },
  {
    name: 'list classifiers',
    sent: get('/v1/classifiers'),
    status: 200,
    body: { classifiers: [{ name: 'support', version: 2 }] },
  },
  { name: 'the newest', sent: get('/v1/classifiers/support'), status: 200, body: { version: 2 } },
  { name: 'the first', sent: get('/v1/classifiers/support?version=1'), status: 200, body: { version: 1, labels } },
  { name: 'by its name', sent: get('/v1/classifiers/support@v1'), status: 200, body: { version: 1 } },
  {
    name: 'no such version',
    sent: get('/v1/classifiers/support@v3'),
    status: 404,
    body: refusal('CLASSIFIER_NOT_FOUND'),
  },
  {
    name: 'a bad name',
    sent: post('/v1/classifiers', { name: 'No!', labels }),
    status: 422,
    body: refusal('VALIDATION_ERROR', { field: 'name' }),
  },
  {
    name: 'classify by a classifier',
    sent: post('/v1/classify', { text, classifier: 'support@v1' }),
    status: 200,
    body: { label: 'billing' },
  },
  {
    name: 'an unknown classifier',
    sent: post('/v1/tag/batch', { texts: [text], classifier: 'nope' }),
    status: 404,
    body: refusal('CLASSIFIER_NOT_FOUND', { field: 'classifier' }),
  },
  {
    name: 'a job of a model that is not there',
    sent: post('/v1/batch', { labels, model: 'nope' }),
    status: 404,
    body: refusal('MODEL_NOT_FOUND', { field: 'model' }),
  },
  {
    name: 'make a job',
    sent: post('/v1/batch', { classifier: 'support@v1', mode: 'single', source_type: 'mail' }),
    status: 201,
    body: {
      job_id: expect.stringMatching(/^batch_[0-9a-f]{16}$/),
      upload_url: expect.stringMatching(/^https?:\/\//),
      upload_fields: expect.any(Object),
      input_key: expect.any(String),
    },
    keep: (body) => ({ job: body }),
  },
  {
    name: 'the job waits',
    sent: ({ job }) => get(`/v1/batch/${job.job_id}`),
    status: 200,
    body: {
      status: 'pending',
      requests_total: null,
      requests_completed: 0,
      requests_failed: 0,
      estimated_tokens: null,
      actual_tokens: null,
      error: null,
    },
  },
  {
    name: 'start without upload',
    sent: ({ job }) => post(`/v1/batch/${job.job_id}/start`, {}),
    status: 409,
    body: refusal('JOB_CONFLICT'),
  },
  {
    name: 'upload with another’s fields',
    sent: ({ job }) => ({ method: 'POST', path: job.upload_url, body: { form: { key: 'other' }, file: 'x' } }),
    status: 400,
    body: refusal('BAD_REQUEST'),
  },
  {
    name: 'upload',
    sent: ({ job }) => ({
      method: 'POST',
      path: job.upload_url,
      body: {
        form: job.upload_fields,
        file: `\ufeff{"id":9007199254740993,"text":"${text}"}\r\n{broken\n\n{"text":"praise"}`,
      },
    }),
    status: 204,
    body: null,
  },
  {
    name: 'start',
    sent: ({ job }) => post(`/v1/batch/${job.job_id}/start`, {}),
    status: 202,
    body: { status: 'processing', requests_total: 3, started_at: when },
  },
  {
    name: 'the job ends',
    sent: ({ job }) => get(`/v1/batch/${job.job_id}`),
    until: ({ status }) => status === 'completed',
    status: 200,
    body: {
      status: 'completed',
      classifier: 'support@v1',
      requests_total: 3,
      requests_completed: 3,
      requests_failed: 1,
      actual_tokens: number,
      completed_at: when,
    },
  },
  {
    name: 'start once more',
    sent: ({ job }) => post(`/v1/batch/${job.job_id}/start`, {}),
    status: 409,
    body: refusal('JOB_CONFLICT'),
  },
  {
    name: 'results',
    sent: ({ job }) => get(`/v1/batch/${job.job_id}/results`),
    status: 200,
    body: { results_url: expect.stringMatching(/^https?:\/\//) },
    keep: (body) => ({ results: body }),
  },
  {
    name: 'download',
    sent: ({ results }) => get(results.results_url),
    status: 200,
    body: expect.stringMatching(
      /^\{"index":0,"id":9007199254740993,"label":"billing","confidence":[\d.]+,"tokens":\d+\}\n\{"index":1,"tokens":0,"error":"[^"]+"\}\n\{"index":3,"label":"praise".*\}\n$/,
    ),
    headers: { 'content-type': 'application/x-ndjson' },
  },
  { name: 'list jobs', sent: get('/v1/batch'), status: 200, body: { jobs: [{ status: 'completed' }] } },
  { name: 'remove the job', sent: ({ job }) => remove(`/v1/batch/${job.job_id}`), status: 204, body: null },
  {
    name: 'the job is gone',
    sent: ({ job }) => get(`/v1/batch/${job.job_id}/results`),
    status: 404,
    body: refusal('JOB_NOT_FOUND'),
  },
  { name: 'remove the classifier', sent: remove('/v1/classifiers/support'), status: 204, body: null },
  {
    name: 'make a key',
    sent: post('/v1/keys', { name: 'laptop' }),
    status: 201,
    body: { id: expect.any(String), name: 'laptop', key: expect.stringMatching(/^classer_/), created_at: when },
    keep: (body) => ({ key: body }),
  },
  {
    name: 'list keys',
    sent: get('/v1/keys'),
    status: 200,
    body: { keys: [{ id: expect.any(String), name: 'laptop', created_at: when }] },
  },
  { name: 'revoke the key', sent: ({ key }) => remove(`/v1/keys/${key.id}`), status: 204, body: null },
  {
    name: 'revoke it again',
    sent: ({ key }) => remove(`/v1/keys/${key.id}`),
    status: 404,
    body: refusal('NOT_FOUND', { field: 'id' }),
  },
  { name: 'balance', sent: get('/v1/balance'), status: 200, body: { plan: 'local', unlimited: true, balance: null } },
  {
    name: 'usage',
    sent: get('/v1/usage'),
    status: 200,
    body: {
      days: [{ requests: number, errors: number, tokens: number, cache_hits: number, latency_ms: { p50: number } }],
    },
  },
  {
    name: 'logs',
    sent: get('/v1/logs?limit=2'),
    status: 200,
    body: { logs: [{ request_id: expect.any(String), status: number }, expect.any(Object)], next: expect.any(String) },
    keep: (body) => ({ logs: body }),
  },
  {
    name: 'older logs',
    sent: ({ logs }) => get(`/v1/logs?limit=200&before=${logs.next}`),
    status: 200,
    body: { logs: expect.any(Array), next: null },
  },
];

/** What nobody is there to answer. */
export const UNAVAILABLE: readonly Row[] = [
  ...Object.values(ENDPOINTS).map((path) => ({ path, headers: { ...UNLIMITED, 'retry-after': '1' } })),
  { path: '/v1/classifiers', headers: { 'x-request-id': /^req_/, 'x-ratelimit-reset': null, 'retry-after': '1' } },
].map(({ path, headers }) => ({
  name: `${path} without a page`,
  sent: post(path, {}),
  status: 503,
  body: refusal('MODEL_UNAVAILABLE'),
  headers,
}));

/** Sends a row and holds the answer against it. */
export async function check(row: Row, known: Record<string, unknown>, send: Send): Promise<void> {
  const sent = typeof row.sent === 'function' ? row.sent(known as unknown as Known) : row.sent;
  let received = await send(sent);
  while (row.until && received.status === row.status && !row.until(received.body as never)) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    received = await send(sent);
  }
  const { status, headers, body } = received;
  expect({ status, body }).toMatchObject({ status: row.status, ...(row.body !== undefined && { body: row.body }) });
  for (const [name, wanted] of Object.entries(row.headers ?? {})) {
    if (wanted === null) expect(headers[name], name).toBeUndefined();
    else expect(headers[name], name).toMatch(wanted);
  }
  Object.assign(known, row.keep?.(body as Record<string, never>));
}

/** Sends a row by `fetch` or something like it. Self-contained: pages run it too. */
export async function exchange(
  ask: (request: Request) => Promise<Response>,
  base: string,
  sent: Sent,
): Promise<Received> {
  const { method, path, body, headers = {} } = sent;
  let raw: BodyInit | undefined;
  if (body && 'form' in body) {
    const form = new FormData();
    for (const [name, value] of Object.entries(body.form)) form.append(name, value);
    form.append('file', new Blob([body.file]), 'input.ndjson');
    raw = form;
  } else if (body) raw = 'json' in body ? JSON.stringify(body.json) : body.text;
  const response = await ask(
    new Request(new URL(path, base), { method, headers, ...(raw !== undefined && { body: raw }) }),
  );
  const text = await response.text();
  const json = response.headers.get('content-type')?.startsWith('application/json');
  const read = json ? JSON.parse(text) : text === '' ? null : text;
  return { status: response.status, headers: Object.fromEntries(response.headers), body: read };
}
