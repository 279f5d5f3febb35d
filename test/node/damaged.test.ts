import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createClasser } from 'classer-local';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { sha256 } from '../../src/contract/digest.js';
import { classer as command, ownHome } from '../support/child.js';
import { type TestHandler, testHandler } from '../support/handler.js';
import { hubServer } from '../support/hub/server.js';

const open: TestHandler[] = [];
const made = (store: string) => {
  const one = testHandler({}, { store });
  open.push(one);
  return one;
};
afterEach(async () => {
  await Promise.all(open.splice(0).map(({ classer }) => classer.dispose()));
});
const json = async (response: Promise<Response>) => (await response).json();
const request = { text: 'a billing question', labels: ['billing', 'praise'] };

/** Cut short by a power failure, and what another program may write. */
const DAMAGE = ['{"half', '', 'null', '{}', '[1]', '{"next":2,"versions":[{}],"latency":{"1":"x"}}'];

describe.for(DAMAGE)('%s', (content) => {
  test('as a saved classifier disturbs no other, tells no path, and can be removed', async () => {
    const store = ownHome();
    const { send, classer } = made(store);
    const saved = await classer.classifiers.save({ name: 'support', labels: ['billing'] });
    await writeFile(join(store, 'classifiers/r-bad.json'), content);
    expect(await json(send('GET', '/v1/classifiers'))).toEqual({ classifiers: [saved] });
    expect((await classer.classifiers.export()).classifiers).toEqual([saved]);
    for (const ask of [
      send('GET', '/v1/classifiers/bad'),
      send('GET', '/v1/classifiers/bad?version=1'),
      send('POST', '/v1/classifiers', { name: 'bad', labels: ['a'] }),
      send('POST', '/v1/classify', { text: 'x', classifier: 'bad' }),
    ]) {
      const { code, message, ...rest } = await json(ask);
      expect([code, message]).toEqual(['INTERNAL', expect.stringMatching(/bad is damaged; .* remove the classifier/)]);
      expect(JSON.stringify(rest)).not.toContain(store);
    }
    expect((await send('DELETE', '/v1/classifiers/bad@v1')).status).toBe(404);
    expect((await send('DELETE', '/v1/classifiers/bad')).status).toBe(204);
    expect((await send('GET', '/v1/classifiers/bad')).status).toBe(404);
    expect(await json(send('POST', '/v1/classifiers', { name: 'bad', labels: ['a'] }))).toMatchObject({ version: 1 });
  });

  test('as a key opens nothing, disturbs no other, and can be revoked', async () => {
    const store = ownHome();
    const { send, classer } = made(store);
    const [good, bad] = [await classer.keys.create({ name: 'good' }), await classer.keys.create({ name: 'bad' })];
    await writeFile(join(store, `keys/r-${bad.id}.json`), content);
    expect(await json(send('GET', '/v1/keys'))).toEqual({ keys: [expect.objectContaining({ id: good.id })] });
    expect(await classer.keys.verify(good.key)).toBe(good.id);
    await expect(classer.keys.verify(bad.key)).rejects.toThrow(/damaged; .* remove the key/);
    expect((await send('DELETE', `/v1/keys/${bad.id}`)).status).toBe(204);
    expect(await classer.keys.verify(bad.key)).toBeUndefined();
    expect((await send('DELETE', `/v1/keys/${bad.id}`)).status).toBe(404);
  });

  test('as usage, a log or answers is as if it were not there', async () => {
    const store = ownHome();
    const first = made(store);
    await first.send('POST', '/v1/classify', request);
    await first.classer.dispose();
    const tables = ['usage', 'logs', 'answers'];
    for (const table of tables) {
      for (const name of await readdir(join(store, table))) await writeFile(join(store, table, name), content);
    }
    const { send, classer } = made(store);
    expect(await json(send('POST', '/v1/classify', request))).toMatchObject({ label: 'billing', cached: false });
    expect(await json(send('GET', '/v1/usage'))).toMatchObject({ days: [{ requests: 1 }] });
    expect((await json(send('GET', '/v1/logs'))).logs).toHaveLength(1);
    expect(await classer.cache.size()).toMatchObject({ entries: 1 });
  });
});

test('the command says where a damaged record lies, and removes it', async () => {
  const home = ownHome();
  await made(home).classer.classifiers.save({ name: 'bad', labels: ['a'] });
  const file = join(home, 'classifiers/r-bad.json');
  await writeFile(file, '{"half');
  const env = { CLASSER_HOME: home };
  const refused = await command(['classify', 'x', '--classifier', 'bad'], { env });
  expect([refused.status, refused.stderr]).toEqual([1, expect.stringContaining(file)]);
  expect(await command(['classifiers', 'remove', 'bad'], { env })).toMatchObject({ status: 0 });
  expect(await command(['classifiers'], { env })).toMatchObject({ status: 0, stderr: '' });
});

describe('as the record of a model', () => {
  const store = ownHome();
  const folder = 'model-0123456789abcdef';
  const classer = createClasser({ store, cache: false });
  let server: Awaited<ReturnType<typeof hubServer>>;
  let source: string;
  beforeAll(async () => {
    server = await hubServer();
    source = `${server.url}/none/damaged/tiny/wordpiece/`;
    await classer.models.install(source, { id: 'tiny/wordpiece' });
  });
  afterAll(async () => {
    await classer.dispose();
    await server[Symbol.asyncDispose]();
  });

  test.for([...DAMAGE, JSON.stringify({ id: 'my/own', folder, files: [], spec: {} })])(
    '%s disturbs no other, is named, and can be removed',
    async (content) => {
      const before = await classer.models.list();
      const key = await sha256('my/own');
      await mkdir(join(store, 'files', folder));
      await writeFile(join(store, `models/r-${key}.json`), content);
      const known = content.includes('my/own');
      const id = known ? 'my/own' : key;
      const all = await classer.models.list();
      const error = `What is kept of model ${id} is damaged; restore it from a copy of the store, or remove the model.`;
      const broken = { id, embedded: false, current: false, bytes: 0, error };
      expect(all).toEqual([...before, expect.objectContaining(broken)]);
      expect(await classer.models.storage()).toMatchObject({ used: before.at(-1)?.bytes });
      for (const call of [
        () => classer.classify({ ...request, model: 'my/own' }),
        () => classer.models.use('my/own'),
        () => classer.models.export('my/own'),
        () => classer.models.install(source, { id: 'my/own' }),
      ]) {
        await expect(call()).rejects.toMatchObject({
          code: 'INTERNAL',
          message: expect.stringContaining('my/own is dam'),
        });
      }
      await expect(classer.models.use('tiny/none')).rejects.toMatchObject({ code: 'MODEL_NOT_FOUND' });
      expect((await classer.classify({ ...request, model: 'tiny/wordpiece' })).label).toBe('billing');
      await classer.models.remove(id);
      expect(await classer.models.list()).toEqual(before);
      expect((await readdir(join(store, 'files'))).includes(folder)).toBe(!known);
      await rm(join(store, 'files', folder), { recursive: true, force: true });
    },
  );

  test('is listed by the command, and removed', async () => {
    const env = { CLASSER_HOME: store };
    const key = await sha256('my/own');
    await writeFile(join(store, `models/r-${key}.json`), '{"id":"my/own"}');
    expect(await command(['models'], { env })).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^my\/own {2}unknown {2}What is kept of model my\/own is damaged; .*$/m),
    });
    expect(await command(['models', 'remove', 'my/own'], { env })).toMatchObject({ status: 0 });
    expect((await command(['models'], { env })).stdout).not.toContain('my/own');
  });
});
