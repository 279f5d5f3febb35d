import { createClasser } from 'classer-local/test';
import { describe, expect, test } from 'vitest';
import { openGrowing } from '../../src/store/indexeddb/growing.js';
import { IndexedDbStore } from '../../src/store/indexeddb/store.js';
import { growingCases, storeCases } from '../support/store-cases.js';

const name = `classer-store-${crypto.randomUUID()}`;

describe('in IndexedDB', () => storeCases(() => IndexedDbStore.open(name), { shared: true }));
describe('in IndexedDB, bit by bit', () => growingCases(() => openGrowing(name)));

test('a job whose file is being uploaded is removed once that has ended, and nothing of it is left', async () => {
  const store = `${name}-upload`;
  const classer = createClasser({ store });
  const { job_id } = await classer.jobs.create({ labels: ['praise'] });
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const writer = writable.getWriter();
  const upload = expect(classer.jobs.upload(job_id, readable)).rejects.toMatchObject({ code: 'JOB_CONFLICT' });
  await writer.write(new TextEncoder().encode('{"text":"praise"}\n'));
  await expect(classer.jobs.remove(job_id)).rejects.toMatchObject({ code: 'JOB_CONFLICT' });
  await writer.close();
  await upload;
  await classer.jobs.remove(job_id);
  expect(await classer.jobs.list()).toEqual([]);
  const root = await navigator.storage.getDirectory();
  const left: string[] = [];
  for await (const folder of (await root.getDirectoryHandle(store)).keys()) left.push(folder);
  expect(left).toEqual([]);
  await classer.dispose();
});

test('a database that is too new is refused, not changed', async () => {
  const newer = `${name}-newer`;
  await new Promise((resolve) => {
    const request = indexedDB.open(newer, 99);
    request.onsuccess = () => {
      request.result.close();
      resolve(undefined);
    };
  });
  await expect(IndexedDbStore.open(newer)).rejects.toMatchObject({ name: 'VersionError' });
});
