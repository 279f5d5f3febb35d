import disk from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { afterEach, expect, test } from 'vitest';
import { CLI, classer as command, ownHome, run } from '../support/child.js';
import { testHandler } from '../support/handler.js';
import { hubFolder } from '../support/hub/model.js';
import { type Asked, hubServer } from '../support/hub/server.js';

const { open, writeFile } = disk;
const full = async () => {
  throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
};

/** From now on nothing can be written, though names can be made. */
function fill(): void {
  disk.writeFile = full;
  disk.open = async (...how) => Object.assign(await open(...how), how[1] === 'wx' ? { writeFile: full } : {});
  syncBuiltinESMExports();
}
function free(): void {
  Object.assign(disk, { open, writeFile });
  syncBuiltinESMExports();
}
afterEach(free);

test('a full disk is told with its figures, and jobs and keys can be removed to make room', async () => {
  const { classer, send } = testHandler({}, { store: ownHome() });
  const request = { labels: ['billing', 'praise'] };
  const { job_id } = await classer.jobs.create(request);
  await classer.jobs.upload(job_id, '{"text":"praise"}\n');
  const { id } = await classer.keys.create({ name: 'laptop' });
  await classer.classifiers.save({ name: 'support', ...request });
  fill();
  const needed = { code: 'STORAGE_FULL', details: { needed: 18, available: expect.any(Number) } };
  await expect(classer.jobs.upload(job_id, '{"text":"praise"}\n')).rejects.toMatchObject(needed);
  for (const refused of [
    await send('POST', '/v1/batch', request),
    await send('POST', `/v1/batch/${job_id}/start`),
    await send('POST', '/v1/classifiers', { name: 'support', ...request }),
    await send('POST', '/v1/keys', { name: 'phone' }),
    await send('DELETE', '/v1/classifiers/support'),
  ]) {
    expect(refused.status, refused.url).toBe(507);
    expect(await refused.json()).toMatchObject({
      code: 'STORAGE_FULL',
      details: { needed: expect.any(Number), available: expect.any(Number) },
    });
  }
  expect(await send('POST', '/v1/classify', { text: 'praise', ...request })).toMatchObject({ status: 200 });
  expect((await send('DELETE', `/v1/batch/${job_id}`)).status).toBe(204);
  expect((await send('DELETE', `/v1/keys/${id}`)).status).toBe(204);
  free();
  expect(await classer.jobs.list()).toEqual([]);
  expect(await classer.keys.list()).toEqual([]);
  expect(await classer.classifiers.list()).toMatchObject([{ version: 1 }]);
  await classer.dispose();
});

test('a disk that takes all of a model but its last bytes is full, and what came is gone on with', async () => {
  await using server = await hubServer();
  const host = `${server.url}/none/full`;
  const env = { CLASSER_HOME: ownHome(), CLASSER_MODEL_HOST: host };
  const path = 'onnx/model_quantized.onnx';
  const bytes = hubFolder('tiny/wordpiece')?.[path]?.length ?? 0;
  const install = ['models', 'install', 'tiny/wordpiece'];
  // A limit of a file's size, in blocks of 512 bytes: as a disk does, it takes a part of what reaches beyond it.
  const limited = `ulimit -f ${Math.floor((bytes - 1) / 512)}; exec "$0" "$@"`;
  const refused = await run('sh', ['-c', limited, process.execPath, CLI, ...install], { env });
  expect(refused.status).toBe(1);
  expect(Number(/needs (\d+) bytes/.exec(refused.stderr)?.[1]), refused.stderr).toBeGreaterThan(bytes);
  expect(await command(install, { env })).toMatchObject({ status: 0, stdout: 'tiny/wordpiece is installed\n' });
  const asked: Asked[] = await (await fetch(`${host}/asked`)).json();
  const ranges = asked.filter((one) => one.path === path).map(({ range }) => range);
  expect(ranges).toEqual([undefined, expect.stringMatching(/^bytes=\d{5,}-$/)]);
});
