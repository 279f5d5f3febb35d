import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { request as ask } from 'node:http';
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

test('a body that is refused half-read ends its connection', async () => {
  const url = await serve('--max-body', '10');
  const refused = await send(url, '/v1/classify', {});
  expect([refused.status, refused.headers['connection']]).toEqual([413, 'close']);
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
    [['classifiers', 'import', '/nowhere.json'], 'nowhere'],
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
