import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { request as ask } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text as readAll } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { classer, ownHome, type Running, serverAt } from '../support/child.js';

const FAKE = new URL('../support/fake-serve.ts', import.meta.url).pathname;
const labels = ['billing', 'praise'];
const sent = JSON.stringify({ text: 'a billing question', labels });

let servers: Running[] = [];
afterEach(async () => {
  await Promise.all(servers.map((server) => server.stop()));
  servers = [];
});
async function serve(...options: string[]): Promise<string> {
  const server = await serverAt(['--import', 'tsx', FAKE, '--port', '0', ...options]);
  servers.push(server);
  return server.url;
}

/** Sends a request with any headers at all. */
function send(url: string, path: string, headers: Record<string, string>, method = 'POST') {
  return new Promise<{ status: number; headers: Record<string, unknown>; body: string }>((resolve, reject) => {
    const call = ask(url + path, { method, headers }, async (response) => {
      resolve({ status: response.statusCode ?? 0, headers: response.headers, body: await readAll(response) });
    });
    call.on('error', reject);
    call.end(method === 'POST' ? sent : undefined);
  });
}

test('a name that was rebound to this machine is refused, and one that was allowed is not', async () => {
  const url = await serve('--allow-host', 'box.local');
  const port = new URL(url).port;
  expect((await send(url, '/v1/classify', { Host: `evil.example:${port}` })).status).toBe(403);
  expect((await send(url, '/v1/classify', { Host: `box.local:${port}` })).status).toBe(200);
  expect((await send(url, '/v1/classify', { Host: `localhost:${port}` })).status).toBe(200);
});

test('pages of one origin may ask, of no other', async () => {
  const url = await serve('--origin', 'https://app.example');
  const good = await send(url, '/v1/classify', { Origin: 'https://app.example' });
  expect([good.status, good.headers['access-control-allow-origin']]).toEqual([200, 'https://app.example']);
  const bad = await send(url, '/v1/classify', { Origin: 'https://evil.example', 'Content-Type': 'text/plain' });
  expect([bad.status, bad.headers['access-control-allow-origin']]).toEqual([403, undefined]);
  expect((await send(url, '/v1/classify', { Origin: url })).status).toBe(200);
});

test('an origin with a slash at its end is the same, and what is none is refused', async () => {
  const url = await serve('--origin', 'https://app.example/');
  expect((await send(url, '/v1/classify', { Origin: 'https://app.example' })).status).toBe(200);
  const refused = await classer(['serve', '--port', '0', '--origin', 'notanorigin']);
  expect(refused).toMatchObject({ status: 2, stdout: '', stderr: expect.stringMatching(/^classer: --origin .*\n$/) });
});

test.for(['a b', 'user@localhost'])('a Host %j is refused as everything else is', async (host) => {
  const url = await serve();
  const { status, headers, body } = await send(url, '/v1/classify', { Host: host });
  const { message, ...rest } = JSON.parse(body);
  expect({ status, rest }).toEqual({
    status: 400,
    rest: { error: 'bad-request', code: 'BAD_REQUEST', detail: message },
  });
  expect(headers['x-request-id']).toMatch(/^req_/);
  const { logs } = JSON.parse((await send(url, '/v1/logs', {}, 'GET')).body);
  expect(logs).toMatchObject([{ request_id: headers['x-request-id'], status: 400, error_code: 'BAD_REQUEST' }]);
});

/** Sends bytes and reads all that comes back until the connection ends. */
async function raw(url: string, ...lines: string[]): Promise<{ status: number; headers: string; body: string }> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  socket.write(lines.join('\r\n'));
  const [head = '', body = ''] = (await readAll(socket)).split('\r\n\r\n');
  return { status: Number(head.split(' ')[1]), headers: head.toLowerCase(), body };
}

test('a body that is refused half-read ends its connection, and one that was read whole does not', async () => {
  const url = await serve('--max-body', '1000');
  const length = ['Host: localhost', 'Content-Length: 1000000', '', '{"text":'];
  for (const [path, status] of [
    ['/v1/classify', 413],
    ['/v1/nowhere', 404],
    ['/v1/batch/batch_0123456789abcdef/upload', 404],
  ] as const) {
    const refused = await raw(url, `POST ${path} HTTP/1.1`, ...length);
    expect([refused.status, refused.headers]).toEqual([status, expect.stringContaining('connection: close')]);
  }
  const short = await fetch(`${url}/v1/nowhere`, { method: 'POST', body: sent });
  expect([short.status, short.headers.get('Connection')]).toEqual([404, 'keep-alive']);
});

test.for([
  ['a header of 20 KB', ['GET /v1/usage HTTP/1.1', 'Host: localhost', `X: ${'x'.repeat(20_000)}`, '', '']],
  ['a length below nothing', ['POST /v1/classify HTTP/1.1', 'Host: localhost', 'Content-Length: -5', '', '']],
  ['a method that is none', ['F@O /v1/classify HTTP/1.1', 'Host: localhost', '', '']],
  ['an expectation', ['GET /v1/usage HTTP/1.1', 'Host: localhost', 'Expect: nonsense', '', '']],
  ['no Host', ['GET /v1/usage HTTP/1.1', 'Connection: close', '', '']],
  ['CONNECT', ['CONNECT localhost:80 HTTP/1.1', 'Host: localhost', '', '']],
] as const)('%s is refused as everything else is', async ([, lines]) => {
  const url = await serve();
  const { status, headers, body } = await raw(url, ...lines);
  const { message, ...rest } = JSON.parse(body);
  expect({ status, rest }).toEqual({
    status: 400,
    rest: { error: 'bad-request', code: 'BAD_REQUEST', detail: message },
  });
  expect(headers).toContain('x-request-id: req_');
});

test.for([
  ['/v1/classify', 405, 'METHOD_NOT_ALLOWED'],
  ['/v1/nowhere', 404, 'NOT_FOUND'],
] as const)('a method that nobody knows, of %s', async ([path, status, code]) => {
  const answer = await raw(await serve(), `FOO ${path} HTTP/1.1`, 'Host: localhost', '', '');
  expect([answer.status, JSON.parse(answer.body).code]).toEqual([status, code]);
  expect(answer.headers.includes('allow: post')).toBe(status === 405);
});

test('headers that do not come are not waited for', async () => {
  const url = await serve();
  const { status, body } = await raw(url, 'POST /v1/classify HTTP/1.1', 'Host: localhost', '');
  expect([status, JSON.parse(body).code]).toEqual([408, 'TIMEOUT']);
});

test('200 requests at once are each answered, as if alone', async () => {
  const url = await serve();
  const ask = async (i: number) => {
    const body = JSON.stringify({ text: `order ${i}`, labels: [`order ${i}`, 'other'] });
    return (await (await fetch(`${url}/v1/classify`, { method: 'POST', body })).json()).label;
  };
  const answers = await Promise.all(Array.from({ length: 200 }, (_, i) => ask(i)));
  expect(answers).toEqual(answers.map((_, i) => `order ${i}`));
});

test('a limit of requests a minute', async () => {
  const url = await serve('--rate-limit', '1');
  const statuses = [];
  // Two minutes may meet here, never three.
  for (let i = 0; i < 3; i++) statuses.push((await send(url, '/v1/classify', {})).status);
  expect(statuses[0]).toBe(200);
  expect(statuses).toContain(429);
});

test('logs have texts only where they were asked for', async () => {
  for (const [options, inputs] of [
    [[], undefined],
    [['--log-texts'], ['a billing question']],
  ] as const) {
    const url = await serve(...options);
    await send(url, '/v1/classify', {});
    const { logs } = JSON.parse((await send(url, '/v1/logs', {}, 'GET')).body);
    expect(logs[0].inputs).toEqual(inputs);
  }
});

describe('the commands of what is kept', () => {
  const env = { CLASSER_HOME: ownHome() };
  const run = (...args: string[]) => classer(args, { env });
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'classer-kept-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  test('a key that the command made opens a server of the same store, until it is revoked', async () => {
    const made = JSON.parse((await run('keys', 'create', 'laptop', '--json')).stdout);
    expect((await run('keys')).stdout).toMatch(new RegExp(`^${made.id} .* laptop\n$`));
    expect((await run('keys', '--json')).stdout).not.toContain(made.key);
    const url = await serve('--require-key', '--store', env.CLASSER_HOME);
    expect((await send(url, '/v1/classify', {})).status).toBe(401);
    expect((await send(url, '/v1/classify', { Authorization: `Bearer ${made.key}` })).status).toBe(200);
    expect((await run('keys', 'revoke', made.id)).status).toBe(0);
    expect((await send(url, '/v1/classify', { Authorization: `Bearer ${made.key}` })).status).toBe(401);
    expect(await run('keys', 'revoke', made.id)).toMatchObject({ status: 2, stdout: '' });
  });

  test('classifiers are saved, listed, carried in a file, used and removed', async () => {
    expect((await run('classifiers', 'save', 'support', '--labels', labels.join())).stdout).toBe('support@v1\n');
    expect((await run('classifiers', 'save', 'support', '--label', 'a, b')).stdout).toBe('support@v2\n');
    expect((await run('classifiers')).stdout).toBe('support@v2  a, b\n');
    const file = join(folder, 'classifiers.json');
    await writeFile(file, (await run('classifiers', 'export')).stdout);
    expect(JSON.parse(await readFile(file, 'utf8')).classifiers).toHaveLength(2);
    const other = { env: { CLASSER_HOME: ownHome() } };
    expect((await classer(['classifiers', 'import', file], other)).stdout).toBe('support@v1\nsupport@v2\n');
    const args = ['classify', 'I was charged twice', '--classifier', 'support@v1', '--json'];
    expect(JSON.parse((await classer(args, other)).stdout)).toMatchObject({ label: 'billing', cached: false });
    expect(JSON.parse((await classer(args, other)).stdout)).toMatchObject({ label: 'billing', cached: true });
    expect(JSON.parse((await classer([...args, '--no-cache'], other)).stdout)).toMatchObject({ cached: false });
    expect((await run('classifiers', 'remove', 'support')).status).toBe(0);
    expect((await run('classifiers')).stdout).toBe('');
  });

  test.for([
    [['classifiers', 'nope'], 'nope'],
    [['classifiers', 'save', 'No!', '--labels', 'a'], 'name'],
    [['classifiers', 'import', '/nowhere.json'], '/nowhere.json cannot be read as JSON: ENOENT'],
    [['classifiers', 'remove', 'support'], 'support'],
    [['keys', 'create'], 'name'],
    [['keys', 'make'], 'make'],
    [['serve', '--rate-limit', 'x'], 'rate-limit'],
  ] as const)('%s is refused', async ([args, says]) => {
    const { status, stdout, stderr } = await run(...args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/^classer: .*\n$/);
    expect(stderr).toContain(says);
  });
});
