import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, utimesSync } from 'node:fs';
import { mkdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { FileStore } from '../../src/store/file/store.js';
import { TypedGrowingStore } from '../../src/store/growing.js';
import { MemoryStore } from '../../src/store/memory/store.js';
import { TypedStore } from '../../src/store/typed.js';
import { started } from '../support/child.js';
import { growingCases, storeCases } from '../support/store-cases.js';

const root = mkdtempSync(join(tmpdir(), 'classer-store-'));
afterAll(() => rm(root, { recursive: true }));

const memory = new MemoryStore();
describe('in memory', () => storeCases(async () => memory, { shared: false }));
describe('in a folder', () => storeCases(async () => new FileStore(join(root, 'cases')), { shared: true }));
describe('in a folder, bit by bit', () => growingCases(async () => new FileStore(join(root, 'growing'))));
describe('typed, bit by bit', () =>
  growingCases(async () => new TypedGrowingStore(new FileStore(join(root, 'typed')))));
describe('typed', () => storeCases(async () => new TypedStore(new FileStore(join(root, 'typed'))), { shared: true }));

const WRITER = new URL('../support/store-writer.ts', import.meta.url).pathname;
const writer = (folder: string) => started(['--import', 'tsx', WRITER, folder]);

test('a process that is killed while it writes leaves whole records and no lock', async () => {
  const folder = join(root, 'killed');
  const store = new FileStore(folder);
  let least = 0;
  for (let round = 0; round < 5; round++) {
    const child = writer(folder);
    // It says each number once it is stored.
    const said = await child.line((line) => Number(line) >= least + 20);
    child.kill('SIGKILL');
    await child.ended;
    const { count, filler } = (await store.get<{ count: number; filler: string }>('jobs', 'busy')) ?? {};
    expect(count).toBeGreaterThanOrEqual(Number(said));
    expect(filler).toHaveLength(100_000);
    await store.update<{ count: number; filler: string }>('jobs', 'busy', (before) => before);
    least = count ?? 0;
  }
});

test('two processes and this one count together', async () => {
  const folder = join(root, 'together');
  const store = new FileStore(folder);
  const children = [writer(folder), writer(folder)];
  let mine = 0;
  await Promise.all(children.map((child) => child.line((line) => Number(line) >= 10)));
  for (; mine < 50; mine++) {
    await store.update<{ count: number; filler: string }>('jobs', 'busy', (before) => ({
      count: (before?.count ?? 0) + 1,
      filler: before?.filler ?? '',
    }));
  }
  for (const child of children) child.kill('SIGTERM');
  const theirs = await Promise.all(children.map(async (child) => Number((await child.ended).stdout.split('\n').pop())));
  const { count } = (await store.get<{ count: number; filler: string }>('jobs', 'busy')) ?? {};
  expect(count).toBe(mine + theirs.reduce((sum, own) => sum + own, 0));
});

test('a damaged record says which file it is, and one that can be done without is not there', async () => {
  const folder = join(root, 'damaged');
  const store = new FileStore(folder);
  await mkdir(join(folder, 'keys'), { recursive: true });
  await mkdir(join(folder, 'answers'), { recursive: true });
  await writeFile(join(folder, 'keys/r-one.json'), '{"half');
  await writeFile(join(folder, 'answers/r-one.json'), '');
  await expect(store.get('keys', 'one')).rejects.toMatchObject({
    code: 'INTERNAL',
    message: expect.not.stringContaining(folder),
    cause: { message: expect.stringContaining(join(folder, 'keys/r-one.json')) },
  });
  expect(await store.get('answers', 'one')).toBeUndefined();
});

test('a lock of a process that is gone, or cut short, is nobody’s', async () => {
  const folder = join(root, 'locks');
  const store = new FileStore(folder);
  await mkdir(join(folder, 'claims'), { recursive: true });
  for (const content of ['', '{"pid":1', JSON.stringify({ pid: process.pid, began: 5, token: 'x' })]) {
    await writeFile(join(folder, 'claims/r-job.lock'), content);
    const release = await store.claim('job');
    expect(release, content).toBeDefined();
    await release?.();
  }
  expect(readdirSync(join(folder, 'claims'))).toEqual([]);
});

describe('a lock whose process’s id is another’s by now', () => {
  const folder = join(root, 'reused');
  const path = join(folder, 'claims/r-job.lock');
  let other: ChildProcess;
  beforeAll(async () => {
    await mkdir(join(folder, 'claims'), { recursive: true });
    other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    await once(other, 'spawn');
  });
  afterAll(() => other.kill('SIGKILL'));
  const write = (start: string | null) =>
    writeFile(path, JSON.stringify({ pid: other.pid, began: Date.now(), start, token: 'x' }));

  test('is nobody’s, as the system tells when that one began', async () => {
    await write('1');
    // Only Linux tells.
    if (process.platform !== 'linux') await utimes(path, new Date(0), new Date(0));
    const release = await new FileStore(folder).claim('job');
    expect(release).toBeDefined();
    await release?.();
  });

  test('is nobody’s where the system does not tell, once it gives no sign of life', async () => {
    await write(null);
    expect(await new FileStore(folder).claim('job')).toBeUndefined();
    await utimes(path, new Date(0), new Date(0));
    const release = await new FileStore(folder).claim('job');
    expect(release).toBeDefined();
    await release?.();
  });

  test('is held as long as it gives signs of life, whenever the last one was', async () => {
    await write(null);
    // As after a machine's sleep: each sign is later than the one before, and none is new.
    let time = 1;
    const beat = () => utimesSync(path, new Date(0), new Date(1000 * time++));
    beat();
    const heart = setInterval(beat, 100);
    const claim = await new FileStore(folder).claim('job');
    clearInterval(heart);
    expect(claim).toBeUndefined();
    await rm(path);
  });
});

test('a claim gives signs of life', async () => {
  const folder = join(root, 'alive');
  const release = await new FileStore(folder).claim('job');
  const path = join(folder, 'claims/r-job.lock');
  await utimes(path, new Date(0), new Date(0));
  await vi.waitUntil(async () => (await stat(path)).mtimeMs > 0, { timeout: 10_000 });
  await release?.();
});

test('nothing but the record is left behind, for its owner’s eyes only', async () => {
  const folder = join(root, 'tidy');
  const store = new FileStore(folder);
  await store.update('classifiers', 'one', () => ({ name: 'one' }));
  expect(readdirSync(join(folder, 'classifiers'))).toEqual(['r-one.json']);
  expect(await readFile(join(folder, 'classifiers/r-one.json'), 'utf8')).toBe('{"name":"one"}\n');
});

test('what the system refuses is one of our errors, with its own as the cause', async () => {
  await writeFile(join(root, 'a-file'), '');
  const store = new TypedStore(new FileStore(join(root, 'a-file')));
  const cases = [
    () => store.update('keys', 'one', () => 1),
    () => store.claim('job'),
    () => store.keys('keys'),
    () => store.files.write('a/b', [new Uint8Array(1)]),
  ];
  for (const one of cases) {
    const error = { code: 'INTERNAL', details: { reason: 'storage_blocked' }, cause: { code: 'ENOTDIR' } };
    await expect(one()).rejects.toMatchObject({ name: 'ClasserError', ...error });
  }
});
