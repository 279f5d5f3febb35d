import { readdir, readFile, writeFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createClasser } from 'classer-local/test';
import { afterEach, describe, expect, test } from 'vitest';
import { streamOf } from '../../src/service/jobs/stream.js';
import { BatchClient } from '../support/batch-client.js';
import { batchBlob } from '../support/batch-file.js';
import { ownHome, type Running, serverAt } from '../support/child.js';
import { type TestHandler, testHandler } from '../support/handler.js';

const request = { labels: ['billing', 'praise'] };
const open: TestHandler[] = [];
const made = (...options: Parameters<typeof testHandler>) => {
  const one = testHandler(...options);
  open.push(one);
  return { ...one, client: new BatchClient('http://localhost', one.handle) };
};
afterEach(async () => {
  await Promise.all(open.splice(0).map(({ classer }) => classer.dispose()));
});
/** Bytes of buffers that are in use. */
function arrayBuffers(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  return process.memoryUsage().arrayBuffers;
}
const codeOf = async (response: Response) => [response.status, (await response.json()).code];
const parsed = (ndjson: string) =>
  ndjson
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

test('a job is made, fed, started, watched, read and removed', async () => {
  const { client } = made();
  const input = '{"id":"x","text":"a billing question"}\n\n{"text":"praise"}\n{broken\n{"id":4}\n';
  const id = await client.begin(request, new Blob([input]));
  expect(id).toMatch(/^batch_[0-9a-f]{16}$/);
  const job = await client.until(id, ({ status }) => status === 'completed');
  expect(job).toEqual({
    job_id: id,
    status: 'completed',
    mode: 'single',
    classifier: null,
    labels: request.labels,
    requests_total: 4,
    requests_completed: 4,
    requests_failed: 2,
    estimated_tokens: Math.ceil(input.length / 4),
    actual_tokens: expect.any(Number),
    error: null,
    created_at: expect.any(String),
    started_at: expect.any(String),
    completed_at: expect.any(String),
  });
  const lines = parsed(await client.results(id));
  expect(lines).toEqual([
    { index: 0, id: 'x', label: 'billing', confidence: expect.any(Number), tokens: expect.any(Number) },
    { index: 2, label: 'praise', confidence: expect.any(Number), tokens: expect.any(Number) },
    { index: 3, tokens: 0, error: expect.stringContaining('JSON') },
    { index: 4, id: 4, tokens: 0, error: expect.stringContaining('text is required') },
  ]);
  expect(job.actual_tokens).toBe(lines.reduce((sum, { tokens }) => sum + tokens, 0));
  expect((await client.json('GET', '/v1/batch')).jobs).toEqual([job]);
  expect((await client.send('DELETE', `/v1/batch/${id}`)).status).toBe(204);
  expect(await codeOf(await client.send('GET', `/v1/batch/${id}`))).toEqual([404, 'JOB_NOT_FOUND']);
  expect(await client.json('GET', '/v1/batch')).toEqual({ jobs: [] });
});

test('an upload of 200 MB is never held in memory', async () => {
  const { client, classer, handle } = made({}, { store: ownHome() });
  const { job_id, upload_url, upload_fields } = await client.json('POST', '/v1/batch', JSON.stringify(request));
  const field = (name: string, value: string) =>
    `--end\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
  const fields = Object.entries(upload_fields as Record<string, string>).map(([name, value]) => field(name, value));
  const line = `{"text":"${'x'.repeat(100_000)}"}\n`;
  let held = 0;
  const form = async function* () {
    const before = arrayBuffers();
    yield Buffer.from(`${fields.join('')}--end\r\nContent-Disposition: form-data; name="file"\r\n\r\n`);
    for (let i = 0; i < 2000; i++) yield Buffer.from(line);
    held = arrayBuffers() - before;
    yield Buffer.from('\r\n--end--\r\n');
  };
  const sent = { method: 'POST', headers: { 'Content-Type': 'multipart/form-data; boundary=end' }, duplex: 'half' };
  const uploaded = await handle(new Request(upload_url, { ...sent, body: streamOf(form()) }));
  expect([uploaded.status, (await classer.jobs.get(job_id)).requests_total]).toEqual([204, 2000]);
  expect(held).toBeLessThan(10_000_000);
});

test('a job whose record is damaged says so, can be removed, and disturbs no other', async () => {
  const store = ownHome();
  const { client, classer } = made({}, { store });
  const id = await client.begin(request, new Blob(['{"text":"praise"}']));
  const job = await client.until(id, ({ status }) => status === 'completed');
  const damaged = ['{"half', '', 'null', '{}'].map((content, i) => ({ id: `batch_${String(i).repeat(16)}`, content }));
  for (const { id: other, content } of damaged) await writeFile(join(store, `jobs/r-${other}.json`), content);
  expect(await client.json('GET', `/v1/batch/${id}`)).toEqual(job);
  const { jobs } = await client.json('GET', '/v1/batch');
  expect(jobs).toEqual([
    job,
    ...damaged.map((one) =>
      expect.objectContaining({ job_id: one.id, status: 'failed', error: expect.stringContaining('damaged') }),
    ),
  ]);
  for (const { id: other } of damaged) {
    const refused = await client.send('GET', `/v1/batch/${other}`);
    const text = await refused.text();
    expect(refused.status).toBe(500);
    expect(text).toMatch(/damaged; .* remove the job/);
    expect(text).not.toContain(store);
    expect((await client.send('DELETE', `/v1/batch/${other}`)).status).toBe(204);
  }
  expect(await classer.jobs.list()).toEqual([job]);
});

test('"multi" answers every label above .3, a classifier stays at its version', async () => {
  const { client, classer } = made();
  await classer.classifiers.save({ name: 'support', ...request, mode: 'multi', threshold: 0.9 });
  const two = new Blob(['{"text":"billing and praise"}\n{"text":"nothing"}']);
  const multi = await client.begin({ ...request, mode: 'multi', threshold: 0 }, two);
  await client.until(multi, ({ status }) => status === 'completed');
  expect(parsed(await client.results(multi)).map(({ labels }) => labels.length)).toEqual([2, 2]);
  const saved = await client.begin({ classifier: 'support' }, two);
  await classer.classifiers.save({ name: 'support', labels: ['other'] });
  const job = await client.until(saved, ({ status }) => status === 'completed');
  expect(job).toMatchObject({ classifier: 'support@v1', mode: 'multi', labels: request.labels });
  expect(parsed(await client.results(saved)).map(({ labels }) => labels.length)).toEqual([2, 0]);
});

test('any bytes are a file: BOM, CRLF, invalid UTF-8, no last line break, 5 MB on a line', async () => {
  const { client } = made();
  const long = JSON.stringify({ text: `a billing question ${'x'.repeat(5_000_000)}` });
  const parts = [
    '\ufeff{"text":"praise"}\r\n',
    '{"text":"',
    new Uint8Array([0xc3, 0x28]),
    '"}\r\n',
    long,
    '\n\r\n{"text":"praise"}',
  ];
  const id = await client.begin(request, new Blob(parts));
  const { requests_total, requests_failed } = await client.until(id, ({ status }) => status === 'completed');
  expect([requests_total, requests_failed]).toEqual([4, 1]);
  const lines = parsed(await client.results(id));
  expect(lines.map(({ label, error }) => label ?? error)).toEqual([
    'praise',
    'The line is not valid UTF-8.',
    'billing',
    'praise',
  ]);
});

describe('what cannot be done', () => {
  const pending = async (client: BatchClient) => client.json('POST', '/v1/batch', JSON.stringify(request));
  const form = (fields: Record<string, string>, file: Blob | undefined = new Blob(['{"text":"x"}'])) => {
    const data = new FormData();
    for (const [name, value] of Object.entries(fields)) data.append(name, value);
    if (file) data.append('file', file);
    return data;
  };

  test.for([
    [{}, 'labels'],
    [{ labels: [] }, 'labels'],
    [{ ...request, mode: 'both' }, 'mode'],
    [{ ...request, mode: 'multi', threshold: 5 }, 'threshold'],
    [{ ...request, classifier: 'x' }, 'classifier'],
  ] as const)('%o is no job', async ([body, field]) => {
    const { client } = made();
    const response = await client.send('POST', '/v1/batch', JSON.stringify(body));
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({ code: 'VALIDATION_ERROR', details: { field } });
  });

  test('start before upload, results before the end, a second start, an upload after it', async () => {
    const { client } = made();
    const { job_id, upload_url, upload_fields } = await pending(client);
    expect(await codeOf(await client.send('POST', `/v1/batch/${job_id}/start`))).toEqual([409, 'JOB_CONFLICT']);
    expect(await codeOf(await client.send('GET', `/v1/batch/${job_id}/results`))).toEqual([409, 'JOB_CONFLICT']);
    expect((await client.send('POST', upload_url, form(upload_fields))).status).toBe(204);
    expect((await client.send('POST', `/v1/batch/${job_id}/start`)).status).toBe(202);
    await client.until(job_id, ({ status }) => status === 'completed');
    expect(await codeOf(await client.send('POST', `/v1/batch/${job_id}/start`))).toEqual([409, 'JOB_CONFLICT']);
    expect(await codeOf(await client.send('POST', upload_url, form(upload_fields)))).toEqual([409, 'JOB_CONFLICT']);
  });

  test('two at once, and the removal of one that runs', async () => {
    const { client } = made();
    const other = await pending(client);
    expect((await client.send('POST', other.upload_url, form(other.upload_fields))).status).toBe(204);
    const running = await client.begin(request, batchBlob(20_000));
    for (const [method, path] of [
      ['POST', `/v1/batch/${other.job_id}/start`],
      ['POST', `/v1/batch/${running}/start`],
      ['DELETE', `/v1/batch/${running}`],
    ] as const) {
      expect(await codeOf(await client.send(method, path)), path).toEqual([409, 'JOB_CONFLICT']);
    }
    await client.until(running, ({ status }) => status === 'completed');
    expect((await client.send('POST', `/v1/batch/${other.job_id}/start`)).status).toBe(202);
  });

  test('an upload with another job’s fields, with none, with nothing, or cut short', async () => {
    const { client } = made();
    const [one, other] = [await pending(client), await pending(client)];
    const send = (body: BodyInit, headers?: HeadersInit) => client.send('POST', one.upload_url, body, headers);
    expect(await codeOf(await send(form(other.upload_fields)))).toEqual([400, 'BAD_REQUEST']);
    expect(await codeOf(await send(form({ ...one.upload_fields, signature: '0' })))).toEqual([403, 'FORBIDDEN']);
    expect(await codeOf(await send(form({})))).toEqual([400, 'BAD_REQUEST']);
    expect(await codeOf(await send(form(one.upload_fields, new Blob([]))))).toEqual([400, 'BAD_REQUEST']);
    const none = new FormData();
    none.append('key', 'x');
    expect(await codeOf(await send(none))).toEqual([400, 'BAD_REQUEST']);
    expect(await codeOf(await send('{"text":"x"}'))).toEqual([400, 'BAD_REQUEST']);
    const type = { 'Content-Type': 'multipart/form-data; boundary=b' };
    const field = (name: string, value: string) =>
      `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
    const head = Object.entries(one.upload_fields as Record<string, string>).map(([name, value]) => field(name, value));
    const cut = `${head.join('')}--b\r\nContent-Disposition: form-data; name="file"; filename="f"\r\n\r\n{"text":"x"}\n`;
    expect(await codeOf(await send(cut, type))).toEqual([400, 'BAD_REQUEST']);
    expect(await codeOf(await client.send('POST', `/v1/batch/${one.job_id}/start`))).toEqual([409, 'JOB_CONFLICT']);
    expect((await send(`${cut}\r\n--b--\r\n`, type)).status).toBe(204);
  });

  test.for(['batch_0000000000000000', 'nope', '..%2f..%2fx', 'BATCH_0000000000000000'])('job %s', async (id) => {
    const { client } = made();
    for (const [method, path] of [
      ['GET', ''],
      ['DELETE', ''],
      ['POST', '/start'],
      ['GET', '/results'],
      ['POST', '/upload'],
      ['GET', '/results/file?signature=x'],
    ] as const) {
      expect(await codeOf(await client.send(method, `/v1/batch/${id}${path}`)), path).toEqual([404, 'JOB_NOT_FOUND']);
    }
  });

  test('a download without its signature', async () => {
    const { client } = made({ requireKey: false });
    const id = await client.begin(request, new Blob(['{"text":"x"}']));
    await client.until(id, ({ status }) => status === 'completed');
    expect(await codeOf(await client.send('GET', `/v1/batch/${id}/results/file`))).toEqual([403, 'FORBIDDEN']);
  });
});

test('upload and download need no key where others do, as their addresses are secret', async () => {
  const { classer, send } = made({ requireKey: true });
  const { key } = await classer.keys.create({ name: 'k' });
  const bearer = { Authorization: `Bearer ${key}` };
  expect((await send('POST', '/v1/batch', request)).status).toBe(401);
  const { job_id } = await (await send('POST', '/v1/batch', request, bearer)).json();
  expect((await send('POST', `/v1/batch/${job_id}/start`)).status).toBe(401);
  expect((await send('POST', `/v1/batch/${job_id}/upload`, 'x')).status).toBe(400);
  expect((await send('GET', `/v1/batch/${job_id}/results/file`)).status).toBe(403);
});

test('a job counts as one request of as many texts as lines', async () => {
  const { classer, client } = made();
  const id = await client.begin(request, new Blob(['{"text":"x"}\n{"text":"y"}\n{']));
  await client.until(id, ({ status }) => status === 'completed');
  const { logs } = await classer.logs();
  expect(logs).toMatchObject([{ request_id: id, endpoint: '/v1/batch', status: 200, texts: 3, latency_ms: null }]);
});

test('disposing stops a job where it stands, and the next one goes on', async () => {
  const store = ownHome();
  const input = batchBlob(30_000);
  const first = createClasser({ store });
  const { job_id } = await first.jobs.create(request);
  await first.jobs.upload(job_id, input);
  await first.jobs.start(job_id);
  await first.jobs.wait(job_id, { onProgress: () => void first.dispose() }).catch(() => undefined);
  await first.dispose();
  const second = createClasser({ store });
  const before = await second.jobs.get(job_id);
  expect(before.status).toBe('processing');
  expect(before.requests_completed).toBeLessThan(30_000);
  await second.jobs.resume();
  expect(await second.jobs.wait(job_id)).toMatchObject({ status: 'completed', requests_completed: 30_000 });
  await second.dispose();
});

const FAKE = new URL('../support/fake-serve.ts', import.meta.url).pathname;
const serve = (store: string): Promise<Running> => serverAt(['--import', 'tsx', FAKE, '--port', '0', '--store', store]);

describe('an upload that comes too late', () => {
  /** An upload that waits before its last piece. */
  const slowly = () => {
    let end = () => {};
    const gate = new Promise<void>((resolve) => {
      end = resolve;
    });
    const input = async function* () {
      yield new TextEncoder().encode('{"text":"praise"}\n');
      await gate;
      yield new TextEncoder().encode('{"text":"praise"}\n');
    };
    return { input: input(), end };
  };

  test('for a job that was started leaves its file as it was', async () => {
    const classer = createClasser({ store: 'memory' });
    const { job_id } = await classer.jobs.create(request);
    await classer.jobs.upload(job_id, '{"text":"a billing question"}\n');
    const { input, end } = slowly();
    const refused = expect(classer.jobs.upload(job_id, input)).rejects.toMatchObject({ code: 'JOB_CONFLICT' });
    await classer.jobs.start(job_id);
    end();
    await refused;
    expect(await classer.jobs.wait(job_id)).toMatchObject({ status: 'completed', requests_completed: 1 });
    const results = await new Response(await classer.jobs.results(job_id)).text();
    expect(parsed(results)).toEqual([expect.objectContaining({ index: 0, label: 'billing' })]);
    await classer.dispose();
  });

  test('for a job that was removed says so', async () => {
    const classer = createClasser({ store: 'memory' });
    const { job_id } = await classer.jobs.create(request);
    const { input, end } = slowly();
    const refused = expect(classer.jobs.upload(job_id, input)).rejects.toMatchObject({ code: 'JOB_NOT_FOUND' });
    await classer.jobs.remove(job_id);
    end();
    await refused;
    await classer.dispose();
  });
});

test('a server that is killed three times within a job answers each line once, in order', async () => {
  const LINES = 200_000;
  const input = batchBlob(LINES);
  const store = ownHome();
  let server = await serve(store);
  let client = new BatchClient(server.url);
  const id = await client.begin(request, input);
  let least = 0;
  for (let kill = 1; kill <= 3; kill++) {
    const job = await client.until(id, ({ requests_completed }) => requests_completed >= least + 20_000);
    expect(job.status).toBe('processing');
    expect(await server.stop('SIGKILL')).toMatchObject({ signal: 'SIGKILL' });
    server = await serve(store);
    client = new BatchClient(server.url);
    least = (await client.json('GET', `/v1/batch/${id}`)).requests_completed;
    // What was told is never taken back.
    expect(least).toBeGreaterThanOrEqual(job.requests_completed);
  }
  const done = await client.until(id, ({ status }) => status === 'completed');
  expect(done).toMatchObject({ requests_total: LINES, requests_completed: LINES });
  const results = await client.results(id);
  await server.stop('SIGKILL');

  const undisturbed = createClasser();
  let wanted = '';
  let failed = 0;
  for await (const answered of undisturbed.jobs.pipe(request, input)) {
    wanted += answered.results;
    failed += answered.failed;
  }
  await undisturbed.dispose();
  expect(done.requests_failed).toBe(failed);
  expect(results === wanted).toBe(true);
}, 120_000);

describe('an upload whose server is killed', () => {
  /** Everything that a store has written down. */
  const kept = async (store: string) => {
    const entries = await readdir(store, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile());
    return (await Promise.all(files.map(({ parentPath, name }) => readFile(join(parentPath, name), 'utf8')))).join();
  };

  test.for([
    ['of a job that can be read', undefined],
    ['of a job whose record was damaged, too', '{"half'],
  ] as const)('leaves nothing once the job is removed: %s', async ([, damage]) => {
    const store = ownHome();
    await using first = await serve(store);
    const { job_id, upload_url, upload_fields } = await new BatchClient(first.url).json(
      'POST',
      '/v1/batch',
      JSON.stringify(request),
    );
    const field = (name: string, value: string) =>
      `--end\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
    const fields = Object.entries(upload_fields as Record<string, string>).map(([name, value]) => field(name, value));
    const headers = { 'Content-Type': 'multipart/form-data; boundary=end' };
    const upload = httpRequest(upload_url, { method: 'POST', headers }).on('error', () => undefined);
    upload.write(`${fields.join('')}--end\r\nContent-Disposition: form-data; name="file"\r\n\r\n`);
    upload.write(`{"text":"a secret${'x'.repeat(1_000_000)}"}\n`);
    await expect.poll(() => kept(store)).toContain('a secret');
    await first.stop('SIGKILL');
    if (damage !== undefined) await writeFile(join(store, `jobs/r-${job_id}.json`), damage);
    await using second = await serve(store);
    const client = new BatchClient(second.url);
    expect((await client.send('DELETE', `/v1/batch/${job_id}`)).status).toBe(204);
    expect(await kept(store)).not.toContain('a secret');
    expect(await client.json('GET', '/v1/batch')).toEqual({ jobs: [] });
  });
});

test('a server that is asked to end leaves its job where it stands, and the next one goes on by itself', async () => {
  const LINES = 100_000;
  const store = ownHome();
  const first = await serve(store);
  const id = await new BatchClient(first.url).begin(request, batchBlob(LINES));
  await new BatchClient(first.url).until(id, ({ requests_completed }) => requests_completed > 0);
  expect(await first.stop('SIGTERM')).toEqual({ status: 0, signal: null });
  const kept = createClasser({ store });
  const before = await kept.jobs.get(id);
  expect(before.status).toBe('processing');
  expect(before.requests_completed).toBeLessThan(LINES);
  const second = await serve(store);
  // Nobody asks it for the job: it is looked at from here.
  expect(await kept.jobs.wait(id)).toMatchObject({ status: 'completed', requests_completed: LINES });
  await Promise.all([second.stop(), kept.dispose()]);
}, 60_000);
