import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CLI, classer, started } from '../support/child.js';
import { hubServer } from '../support/hub/server.js';

let folder: string;
let server: Awaited<ReturnType<typeof hubServer>>;
let env: NodeJS.ProcessEnv;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'classer-cli-models-'));
  server = await hubServer();
  env = { CLASSER_HOME: join(folder, 'home'), CLASSER_MODEL_HOST: `${server.url}/none/cli` };
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

const models = (...args: string[]) => classer(['models', ...args], { env, cwd: folder });
const said = async (...args: string[]) => {
  const { stdout, stderr, status } = await models(...args);
  return { stdout: stdout.trim(), stderr: stderr.trim(), status };
};

test('a model is installed, listed, asked, carried elsewhere and removed', async () => {
  expect(await said('install', 'tiny/wordpiece')).toMatchObject({ stdout: 'tiny/wordpiece is installed', status: 0 });
  const { stdout } = await said();
  expect(stdout).toContain(
    'classer-embed  embed  24.8 MB  embedded\nnli-mini  nli  23.6 MB  embedded\ntiny/wordpiece  embed  0.4 MB  http://127.0.0.1',
  );
  const ask = ['classify', 'a refund of my billing and the invoice', '--labels', 'billing,sport', '--json'];
  const answer = await classer([...ask, '--model', 'tiny/wordpiece'], { env });
  expect(JSON.parse(answer.stdout)).toMatchObject({ label: 'billing' });
  const elsewhere = await classer([...ask, '--model', 'tiny/wordpiece']);
  expect(elsewhere).toMatchObject({ status: 2, stderr: expect.stringContaining('tiny/wordpiece') });
  expect(await said('export', 'tiny/wordpiece', '-o', 'model.zip')).toMatchObject({ status: 0 });
  expect(await said('remove', 'tiny/wordpiece')).toMatchObject({ stdout: 'tiny/wordpiece is removed', status: 0 });
  const imported = await said('import', 'model.zip', '--id', 'my/copy', '--json');
  expect(JSON.parse(imported.stdout)).toMatchObject({ id: 'my/copy', engine: 'embed', from: null });
  expect(JSON.parse((await said('list', '--json')).stdout)).toMatchObject([
    {},
    { id: 'nli-mini', embedded: true },
    { id: 'my/copy' },
  ]);
});

test('one that is killed while it downloads is gone on with', async () => {
  const host = `${server.url}/stall/killed`;
  const ours = { ...env, CLASSER_HOME: join(folder, 'killed'), CLASSER_MODEL_HOST: host };
  const child = started([CLI, 'models', 'install', 'tiny/wordpiece'], ours);
  const weights = async () =>
    ((await (await fetch(`${host}/asked`)).json()) as { path: string; range?: string }[]).filter(({ path }) =>
      path.endsWith('quantized.onnx'),
    );
  await expect.poll(weights, { timeout: 20_000 }).toHaveLength(1);
  child.kill('SIGKILL');
  await child.ended;
  await fetch(`${host}/mend`);
  const { status, stderr } = await classer(['models', 'install', 'tiny/wordpiece'], { env: ours });
  expect({ status, stderr }).toMatchObject({ status: 0 });
  expect((await weights()).length).toBeGreaterThan(1);
});

test.for([
  [['install'], 'an id'],
  [['import', 'nowhere'], 'nowhere'],
  [['export', 'tiny/none', '-o', 'x.zip'], 'tiny/none'],
  [['export', 'tiny/none'], '-o FILE'],
  [['remove', 'tiny/none'], 'tiny/none'],
  [['frobnicate'], 'frobnicate'],
  [['install', 'tiny/sentiment'], 'entailment'],
  [['install', 'tiny/wordpiece', '--sha256', 'x'], 'PATH=HEX'],
] as const)('%j is refused in one line', async ([args, says]) => {
  const { status, stderr } = await said(...args);
  expect(status).toBeGreaterThan(0);
  expect(stderr.split('\n')).toHaveLength(1);
  expect(stderr).toContain(says);
});

test('a zip that is none is refused', async () => {
  await writeFile(join(folder, 'text.zip'), 'no zip at all');
  expect(await said('import', 'text.zip')).toMatchObject({ status: 1, stderr: expect.stringContaining('zip') });
});
