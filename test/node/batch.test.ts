import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { BatchClient } from '../support/batch-client.js';
import { batchBlob, batchLines } from '../support/batch-file.js';
import { CLI, classer, classerServe, ownHome, started } from '../support/child.js';

const LINES = 2000;
const LABELS = ['--labels', 'billing,praise'];

let folder: string;
/** What an undisturbed run of the real model answers. */
let wanted: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'classer-batch-'));
  await writeFile(join(folder, 'in.ndjson'), [...batchLines(LINES)].join(''));
  const args = ['batch', join(folder, 'in.ndjson'), '-o', join(folder, 'wanted.ndjson'), ...LABELS];
  const ended = await classer(args, { limit: 240_000 });
  expect(ended).toMatchObject({ status: 0, stdout: '' });
  wanted = await readFile(join(folder, 'wanted.ndjson'), 'utf8');
}, 240_000);
afterAll(() => rm(folder, { recursive: true }));

test('a file in, a file out: a line a line, in order', () => {
  const lines = wanted
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  // A blank line after every thousand has a number, but no answer.
  expect(lines.map(({ index }) => index)).toEqual(Array.from({ length: LINES }, (_, i) => i + Math.floor(i / 1000)));
  expect(lines[0]).toMatchObject({ id: 0, label: 'billing', confidence: expect.any(Number) });
  expect(lines[7]).toEqual({ index: 7, id: 7, tokens: 0, error: expect.stringContaining('empty') });
  expect(lines[50]).toEqual({ index: 50, tokens: 0, error: expect.stringContaining('JSON') });
});

test('killed three times, it goes on with what it has, and the result is the same', async () => {
  const out = join(folder, 'out.ndjson');
  const args = [CLI, 'batch', join(folder, 'in.ndjson'), '-o', out, ...LABELS, '--resume'];
  const written = async () => (await stat(`${out}.part`).catch(() => undefined))?.size ?? 0;
  let before = 0;
  for (let kill = 0; kill < 3; kill++) {
    const child = started(args);
    while ((await written()) <= before) await new Promise((resolve) => setTimeout(resolve, 20));
    child.kill('SIGKILL');
    expect((await child.ended).signal).toBe('SIGKILL');
    before = await written();
    await expect(stat(out)).rejects.toThrow();
  }
  expect(await classer(args.slice(1), { limit: 200_000 })).toMatchObject({ status: 0 });
  expect((await readFile(out, 'utf8')) === wanted).toBe(true);
  await expect(stat(`${out}.part`)).rejects.toThrow();
}, 240_000);

/** An output as a kill leaves it: whole lines, then a part of one, and what they were begun with. */
async function brokenOff(name: string, lines: number, args: readonly string[] = LABELS): Promise<string> {
  const out = join(folder, name);
  const child = started([CLI, 'batch', join(folder, 'in.ndjson'), '-o', out, ...args]);
  while (((await stat(`${out}.part`).catch(() => undefined))?.size ?? 0) === 0) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  child.kill('SIGKILL');
  await child.ended;
  const whole = wanted.split('\n');
  await writeFile(`${out}.part`, `${whole.slice(0, lines).join('\n')}\n${whole[lines]?.slice(0, 20)}`);
  return out;
}

test('a line that was cut short is answered again, and errors are counted over the whole run', async () => {
  const out = await brokenOff('cut.ndjson', 1990);
  const args = ['batch', join(folder, 'in.ndjson'), '-o', out, ...LABELS];
  const refused = await classer(args);
  expect(refused.status).toBe(2);
  expect(refused.stderr).toMatch(/^classer: .*--resume.*\n$/);
  const failed = wanted.split('\n').filter((line) => line.includes('"error":')).length;
  // The order of labels decides nothing.
  expect(await classer([...args.slice(0, -1), 'praise,billing', '--resume'])).toMatchObject({
    status: 0,
    stderr: `classer: ${LINES} lines answered, ${failed} of them with an error\n`,
  });
  expect((await readFile(out, 'utf8')) === wanted).toBe(true);
  expect((await readdir(folder)).filter((name) => name.startsWith('cut.'))).toEqual(['cut.ndjson']);
});

test('what is finished is said to be, and not answered again', async () => {
  const out = join(folder, 'finished.ndjson');
  await writeFile(out, 'finished\n');
  const ended = await classer(['batch', join(folder, 'in.ndjson'), '-o', out, ...LABELS, '--resume']);
  expect(ended).toMatchObject({
    status: 0,
    stdout: '',
    stderr: expect.stringMatching(/^classer: .* is finished;.*\n$/),
  });
  expect(await readFile(out, 'utf8')).toBe('finished\n');
});

test('it goes on with what was begun, and with nothing else', async () => {
  const out = await brokenOff('other.ndjson', 100);
  const before = await readFile(`${out}.part`, 'utf8');
  await classer(['classifiers', 'save', 'support', ...LABELS, '--store', folder]);
  for (const [args, says] of [
    [['--labels', 'billing,other'], 'labels'],
    [[...LABELS, '--description', 'billing=money'], 'descriptions'],
    [[...LABELS, '--example', 'billing=refund me'], 'examples'],
    [[...LABELS, '--multi'], 'mode'],
    [[...LABELS, '--text-type', 'mail'], 'text_type'],
    [['--classifier', 'support', '--store', folder], 'classifier'],
  ] as const) {
    const refused = await classer(['batch', join(folder, 'in.ndjson'), '-o', out, ...args, '--resume']);
    expect(refused, says).toMatchObject({ status: 2, stdout: '' });
    expect(refused.stderr).toMatch(new RegExp(`^classer: .*other.ndjson.part .* begun with ${says} .*\n$`));
  }
  const kept = JSON.parse(await readFile(`${out}.part.json`, 'utf8'));
  await writeFile(`${out}.part.json`, JSON.stringify({ ...kept, model: 'another' }));
  const args = ['batch', join(folder, 'in.ndjson'), '-o', out, ...LABELS, '--resume'];
  expect((await classer(args)).stderr).toContain('begun with model "another"');
  await rm(`${out}.part.json`);
  expect((await classer(args)).stderr).toContain('cannot be read');
  expect(await readFile(`${out}.part`, 'utf8')).toBe(before);
});

test('a server with the real model that is killed three times within a job gives the same', async () => {
  const home = { CLASSER_HOME: ownHome() };
  const serve = () => classerServe([], home);
  let server = await serve();
  let client = new BatchClient(server.url);
  const id = await client.begin({ labels: ['billing', 'praise'] }, batchBlob(LINES));
  for (let least = 0, kill = 0; kill < 3; kill++) {
    ({ requests_completed: least } = await client.until(id, ({ requests_completed: now }) => now > least));
    await server.stop('SIGKILL');
    server = await serve();
    client = new BatchClient(server.url);
  }
  await client.until(id, ({ status }) => status === 'completed');
  expect((await client.results(id)) === wanted).toBe(true);
  await server.stop();
}, 240_000);

test('as a filter: from standard input to standard output', async () => {
  const input = '{"id":"a","text":"I was charged twice"}\r\n\n{"text":5}\n{"text":"thank you"}';
  const { status, stdout, stderr } = await classer(['batch', '-', ...LABELS], { input });
  const lines = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines).toMatchObject([
    { index: 0, id: 'a', label: 'billing' },
    { index: 2, error: expect.any(String) },
    { index: 3 },
  ]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: 'classer: 3 lines answered, 1 of them with an error\n' });
});

test('an id comes back with every digit', async () => {
  const ids = ['9007199254740993', '12345678901234567890'];
  const input = ids.map((id) => `{"id":${id},"text":"charged twice"}\n`).join('');
  const { stdout } = await classer(['batch', '-', ...LABELS], { input });
  expect(stdout.split('\n').map((line) => /"id":(\d+),"label"/.exec(line)?.[1])).toEqual([...ids, undefined]);
});

test('with --multi or a threshold a line has any number of labels', async () => {
  const input = '{"text":"I was charged twice"}\n';
  for (const args of [
    ['--multi', '--threshold', '0'],
    ['--threshold', '0'],
  ]) {
    const { stdout } = await classer(['batch', '-', ...LABELS, ...args], { input });
    expect(JSON.parse(stdout).labels).toHaveLength(2);
  }
});

test.for([
  [['batch'], 'file'],
  [['batch', '/nowhere/in.ndjson'], 'nowhere'],
  [['batch', '/nowhere/in.ndjson', '-o', 'out.ndjson'], 'nowhere'],
  [['batch', '.', '-o', 'out.ndjson'], 'folder'],
  [['batch', '-', '-o', '/nowhere/out.ndjson'], 'nowhere'],
  [['batch', '-', '-o', '.'], 'folder'],
  [['batch', '-', '-o', '.', '--resume'], 'folder'],
  [['batch', '-', '-o', '/dev/null'], 'no file'],
  [['batch', '-', '--threshold', '7'], 'threshold'],
  [['batch', '-', '--classifier', 'nope'], 'nope'],
] as const)('%s is refused', async ([args, says]) => {
  const labels = args.includes('--classifier' as never) ? [] : LABELS;
  const { status, stdout, stderr } = await classer([...args, ...labels], { input: '{"text":"x"}' });
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toMatch(/^classer: .*\n$/);
  expect(stderr).toContain(says);
});

test('a call that was refused leaves nothing that stands in the way of the next', async () => {
  const out = join(folder, 'later.ndjson');
  const input = '{"text":"I was charged twice"}\n';
  expect(await classer(['batch', '-', '-o', out], { input })).toMatchObject({ status: 2 });
  expect(await classer(['batch', '-', '-o', out, ...LABELS], { input })).toMatchObject({ status: 0 });
  expect(await readFile(out, 'utf8')).toContain('billing');
});
