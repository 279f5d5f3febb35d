import { failure } from '../contract/errors.js';
import { unknownFields } from '../contract/request.js';
import { JOB_FIELDS, type JobRequest } from '../service/jobs/request.js';
import { patient } from './body.js';
import { warningHeader } from './headers.js';
import { pick } from './json.js';
import { type Part, readMultipart } from './multipart.js';
import type { Exchange, Route } from './route.js';

/** Asynchronous jobs: section 3 of the contract. */
export const jobRoutes: readonly Route[] = [
  { method: 'POST', path: '/v1/batch', answer: create },
  { method: 'GET', path: '/v1/batch', answer: list },
  { method: 'GET', path: '/v1/batch/{job_id}', answer: get },
  { method: 'DELETE', path: '/v1/batch/{job_id}', answer: remove },
  { method: 'POST', path: '/v1/batch/{job_id}/start', answer: start },
  { method: 'GET', path: '/v1/batch/{job_id}/results', answer: results },
  { method: 'POST', path: '/v1/batch/{job_id}/upload', open: true, answer: upload },
  { method: 'GET', path: '/v1/batch/{job_id}/results/file', open: true, answer: download },
];

const idOf = ({ params }: Exchange): string => params['job_id'] ?? '';
/** What the form's `key` names: the input of this job and no other. */
const inputKey = (id: string): string => `${id}/input.ndjson`;

async function create(exchange: Exchange): Promise<Response> {
  const { classer, url, json } = exchange;
  const fields = await json();
  const { job_id } = await classer.jobs.create(pick(fields, JOB_FIELDS) as JobRequest);
  const input_key = inputKey(job_id);
  const body = {
    job_id,
    upload_url: `${url.origin}/v1/batch/${job_id}/upload`,
    upload_fields: { key: input_key, signature: await classer.jobs.signature(job_id) },
    input_key,
  };
  return Response.json(body, { status: 201, headers: warningHeader(unknownFields(fields, JOB_FIELDS)) });
}

async function list({ classer }: Exchange): Promise<Response> {
  await classer.jobs.resume();
  return Response.json({ jobs: await classer.jobs.list() });
}

async function get(exchange: Exchange): Promise<Response> {
  // Whoever looks at a job whose process died sets it going again.
  await exchange.classer.jobs.resume();
  return Response.json(await exchange.classer.jobs.get(idOf(exchange)));
}

async function start(exchange: Exchange): Promise<Response> {
  return Response.json(await exchange.classer.jobs.start(idOf(exchange)), { status: 202 });
}

async function remove(exchange: Exchange): Promise<Response> {
  await exchange.classer.jobs.remove(idOf(exchange));
  return new Response(null, { status: 204 });
}

async function upload(exchange: Exchange): Promise<Response> {
  const { request, classer } = exchange;
  const id = idOf(exchange);
  const signature = await classer.jobs.signature(id);
  const fields = new Map<string, string>();
  for await (const part of readMultipart(request.headers.get('Content-Type'), patient(request))) {
    if (part.isFile || part.name === 'file') {
      checkFields(id, signature, fields);
      await classer.jobs.upload(id, part.body);
      return new Response(null, { status: 204 });
    }
    fields.set(part.name, await shortText(part));
  }
  throw failure('BAD_REQUEST', 'The form has no file.', { field: 'file' });
}

function checkFields(id: string, signature: string, fields: ReadonlyMap<string, string>): void {
  if (fields.get('key') !== inputKey(id)) {
    throw failure('BAD_REQUEST', 'The form must carry this job’s upload_fields before the file.', { field: 'key' });
  }
  if (fields.get('signature') !== signature) {
    throw failure('FORBIDDEN', 'The signature is not this job’s.', { field: 'signature' });
  }
}

const LONGEST_FIELD = 1000;

async function shortText({ name, body }: Part): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const piece of body) {
    text += decoder.decode(piece, { stream: true });
    if (text.length > LONGEST_FIELD) throw failure('BAD_REQUEST', `The form’s ${name.slice(0, 40)} is too long.`);
  }
  return text + decoder.decode();
}

async function results(exchange: Exchange): Promise<Response> {
  const { classer, url } = exchange;
  const id = idOf(exchange);
  // Refuses a job that is not completed.
  await (await classer.jobs.results(id)).cancel();
  const signature = await classer.jobs.signature(id);
  return Response.json({ results_url: `${url.origin}/v1/batch/${id}/results/file?signature=${signature}` });
}

async function download(exchange: Exchange): Promise<Response> {
  const { classer, url } = exchange;
  const id = idOf(exchange);
  if (url.searchParams.get('signature') !== (await classer.jobs.signature(id))) {
    throw failure('FORBIDDEN', 'The signature is not this job’s.', { field: 'signature' });
  }
  const headers = {
    'Content-Type': 'application/x-ndjson',
    'Content-Disposition': `attachment; filename="${id}.ndjson"`,
  };
  return new Response(await classer.jobs.results(id), { headers });
}
