import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installFetch } from 'classer-local/http';
import { createClasser } from 'classer-local/test';
import { afterEach, expect, test } from 'vitest';
import { node } from '../support/child.js';

const URL_ = 'https://api.classer.ai/v1/classify';
const sent = { method: 'POST', body: JSON.stringify({ text: 'a billing question', labels: ['billing', 'praise'] }) };
const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const one of undo.splice(0).reverse()) await one();
});

function installed() {
  const classer = createClasser();
  const uninstall = installFetch(classer);
  undo.push(() => classer.dispose(), uninstall);
  return uninstall;
}

test('a request to the hosted API is answered here, however it is written', async () => {
  installed();
  for (const input of [URL_, new URL(URL_), 'https://API.classer.ai:443/v1/classify']) {
    const response = await fetch(input, sent);
    expect(response.headers.get('X-Classer-Source'), String(input)).toBe('local');
    expect(await response.json()).toMatchObject({ label: 'billing' });
  }
  expect((await (await fetch(new Request(URL_, sent))).json()).label).toBe('billing');
  expect((await fetch('https://api.classer.ai/nope')).status).toBe(404);
});

test('other hosts are asked as ever, and uninstalling gives fetch back', async () => {
  const before = globalThis.fetch;
  const server = createServer((_, response) => response.end('theirs')).listen(0, '127.0.0.1');
  undo.push(() => server.close());
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as { port: number };
  const uninstall = installed();
  expect(globalThis.fetch).not.toBe(before);
  for (const host of [`http://127.0.0.1:${port}/https://api.classer.ai/v1/classify`]) {
    expect(await (await fetch(host)).text()).toBe('theirs');
  }
  const lookalike = await fetch('https://api.classer.ai.invalid/v1/classify', sent).catch((error) => error);
  expect(lookalike).toBeInstanceOf(TypeError);
  uninstall();
  expect(globalThis.fetch).toBe(before);
});

test.for([
  [0, 1, 2],
  [2, 1, 0],
  [1, 0, 2],
  [0, 2, 1],
  [1, 2, 0],
])('installed three times and undone in any order, fetch is as it was: %s', async (order) => {
  const before = globalThis.fetch;
  const uninstalls = [installed(), installed(), installed()];
  for (const [i, which] of order.entries()) {
    expect((await fetch(URL_, sent)).headers.get('X-Classer-Source'), String(i)).toBe('local');
    uninstalls[which]?.();
  }
  expect(globalThis.fetch).toBe(before);
});

test('one fetch over another: each takes only its own back', async () => {
  const before = globalThis.fetch;
  const uninstall = installed();
  const ours = globalThis.fetch;
  const theirs: typeof fetch = (...args) => ours(...args);
  globalThis.fetch = theirs;
  uninstall();
  expect(globalThis.fetch).toBe(theirs);
  globalThis.fetch = before;
});

test('an abort rejects as fetch’s does', async () => {
  installed();
  const controller = new AbortController();
  const call = fetch(URL_, { ...sent, signal: controller.signal });
  controller.abort();
  await expect(call).rejects.toMatchObject({ name: 'AbortError' });
  await expect(fetch(URL_, { ...sent, signal: controller.signal })).rejects.toMatchObject({ name: 'AbortError' });
  expect((await fetch(URL_, sent)).status).toBe(200);
});

test('an unchanged program of the SDK’s runs on --import classer-local/register', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'classer-register-'));
  undo.push(() => rm(folder, { recursive: true }));
  await mkdir(join(folder, 'node_modules'));
  const root = fileURLToPath(new URL('../..', import.meta.url));
  await symlink(root, join(folder, 'node_modules/classer-local'));
  await symlink(join(root, 'node_modules/classer-ai'), join(folder, 'node_modules/classer-ai'));
  await writeFile(
    join(folder, 'app.mjs'),
    `import { ClasserClient, ClasserError, classify } from 'classer-ai';
    const labels = ['billing', 'praise'];
    console.log((await classify({ text: 'I was charged twice', labels })).label);
    const { results } = await new ClasserClient({ apiKey: 'any' }).tagBatch({ texts: ['I was charged twice', ''], labels });
    console.log(results.length, results[1].error, results[0].cached);
    const error = await classify({ text: '', labels }).catch((error) => error);
    console.log(error instanceof ClasserError, error.status, error.detail);`,
  );
  const ended = await node(['--import', 'classer-local/register', 'app.mjs'], { cwd: folder });
  expect(ended).toMatchObject({
    status: 0,
    stdout: 'billing\n2 text is empty. false\ntrue 422 text is empty.\n',
    stderr: '',
  });
});
