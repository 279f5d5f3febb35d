import { appendFile, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
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

/** An output as a kill leaves it: lines that are counted, maybe some that are not, and a part of one. */
async function brokenOff(name: string, input = 'in.ndjson'): Promise<string> {
  const out = join(folder, name);
  const counted = async () => {
    const progress = await readFile(`${out}.part.json`, 'utf8').catch(() => undefined);
    return progress === undefined ? 0 : JSON.parse(progress).results.lines;
  };
  const child = started([CLI, 'batch', join(folder, input), '-o', out, ...LABELS]);
  while ((await counted()) === 0) await new Promise((resolve) => setTimeout(resolve, 20));
  child.kill('SIGKILL');
  await child.ended;
  await appendFile(`${out}.part`, '{"index":7,"id"');
  return out;
}

test('a line that was cut short is answered again, and errors are counted over the whole run', async () => {
  const path = join(folder, 'short.ndjson');
  await writeFile(path, [...batchLines(1000)].join(''));
  const answers = wanted.split('\n').slice(0, 1000);
  const out = await brokenOff('cut.ndjson', 'short.ndjson');
  const args = ['batch', path, '-o', out, ...LABELS];
  const refused = await classer(args);
  expect(refused.status).toBe(2);
  expect(refused.stderr).toMatch(/^classer: .*--resume.*\n$/);
  const failed = answers.filter((line) => line.includes('"error":')).length;
  // The order of labels decides nothing.
  expect(await classer([...args.slice(0, -1), 'praise,billing', '--resume'])).toMatchObject({
    status: 0,
    stderr: `classer: 1000 lines answered, ${failed} of them with an error\n`,
  });
  expect((await readFile(out, 'utf8')) === `${answers.join('\n')}\n`).toBe(true);
  expect((await readdir(folder)).filter((name) => name.startsWith('cut.'))).toEqual([
    'cut.ndjson',
    'cut.ndjson.batch.json',
  ]);
});

/** A file of the folder's, and the arguments that answer it into another. */
async function file(name: string, text: string) {
  const [path, out] = [join(folder, name), join(folder, `${name}.out`)];
  await writeFile(path, text);
  return { path, out, args: ['batch', path, '-o', out, ...LABELS] };
}

const REFUSED = { status: 2, stdout: '', stderr: expect.stringMatching(/^classer: [^\n]*\n$/) };

test('what is finished is said to be, and not answered again', async () => {
  const { path, out, args } = await file('done', '{"text":"charged twice"}\n{"text":"thank you"}\n');
  expect(await classer(args)).toMatchObject({ status: 0 });
  const answered = await readFile(out, 'utf8');
  expect(await classer([...args, '--resume'])).toMatchObject({
    status: 0,
    stdout: '',
    stderr: expect.stringMatching(/^classer: .* is finished;.*\n$/),
  });
  const others = await classer([...args.slice(0, -1), 'billing,other', '--resume']);
  expect(others).toMatchObject(REFUSED);
  expect(others.stderr).toContain('begun with labels ["billing","praise"]');
  for (const [text, says] of [
    ['{"text":"charged thrice"}\n{"text":"thank you"}\n', 'are others'],
    ['{"text":"charged twice"}\n', 'it ends before'],
  ] as const) {
    await writeFile(path, text);
    const refused = await classer([...args, '--resume']);
    expect(refused).toMatchObject(REFUSED);
    expect(refused.stderr).toContain(says);
  }
  expect(await readFile(out, 'utf8')).toBe(answered);
  await writeFile(out, `${answered}more\n`);
  expect((await classer([...args, '--resume'])).stderr).toContain('that were written');
  await rm(`${out}.batch.json`);
  const unknown = await classer([...args, '--resume']);
  expect(unknown).toMatchObject(REFUSED);
  expect(unknown.stderr).toContain('done.out.batch.json, which says what it was begun with, cannot be read');
});

test('lines that were added to the input are answered, and no other', async () => {
  const first = '{"text":"charged twice"}\n{"text":""}\n{"text":"thank you"}';
  const { path, out, args } = await file('grown', first);
  expect(await classer(args)).toMatchObject({ status: 0 });
  await writeFile(path, `${first}, "more": 1}`);
  expect((await classer([...args, '--resume'])).stderr).toContain('has become longer');
  await writeFile(path, `${first}\r\n\n{"id":1,"text":"refund me"}\n`);
  const said = 'classer: 4 lines answered, 1 of them with an error\n';
  expect(await classer([...args, '--resume'])).toMatchObject({ status: 0, stderr: said });
  const input = `${await readFile(path, 'utf8')}{"text":"thanks"}\n`;
  const piped = await classer(['batch', '-', '-o', out, ...LABELS, '--resume'], { input });
  expect(piped).toMatchObject({ status: 0, stderr: 'classer: 5 lines answered, 1 of them with an error\n' });
  expect(await readFile(out, 'utf8')).toBe((await classer(['batch', '-', ...LABELS], { input })).stdout);
  const left = (await readdir(folder)).filter((name) => name.startsWith('grown'));
  expect(left).toEqual(['grown', 'grown.out', 'grown.out.batch.json']);
});

test('after a kill another input is refused, and what is there is kept', async () => {
  const out = await brokenOff('another.ndjson');
  const before = await readFile(`${out}.part`, 'utf8');
  const { path } = await file('b', [...batchLines(LINES)].join('').replaceAll('praise', 'thanks'));
  const args = ['-o', out, ...LABELS, '--resume'];
  expect(await classer(['batch', path, ...args])).toMatchObject(REFUSED);
  const piped = await classer(['batch', '-', ...args], { input: await readFile(path) });
  expect(piped).toMatchObject(REFUSED);
  expect(piped.stderr).toContain('are others');
  expect(await readFile(`${out}.part`, 'utf8')).toBe(before);
});

test('an input is not replaced with its own results', async () => {
  const { path } = await file('self', '{"text":"charged twice"}\n');
  await symlink('self', join(folder, 'link'));
  await symlink('self', join(folder, 'record.batch.json'));
  for (const [source, output] of [
    [path, path],
    ['self', `../${basename(folder)}/self`],
    ['self', 'link'],
    ['link', 'self'],
    ['self', 'record'],
  ] as const) {
    for (const more of [[], ['--resume']]) {
      const refused = await classer(['batch', source, '-o', output, ...LABELS, ...more], { cwd: folder });
      expect(refused).toMatchObject(REFUSED);
      expect(refused.stderr).toContain('it is the input');
    }
  }
  expect(await readFile(path, 'utf8')).toBe('{"text":"charged twice"}\n');
});

test('it goes on with what was begun, and with nothing else', async () => {
  const out = await brokenOff('other.ndjson');
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
  await writeFile(`${out}.part.json`, JSON.stringify({ ...kept, asked: { ...kept.asked, model: 'another' } }));
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
