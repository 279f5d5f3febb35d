import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { classer, classerServe } from '../support/child.js';
import { base64 } from '../support/documents/bytes.js';
import { docx, p } from '../support/documents/docx.js';
import { withPassword } from '../support/documents/encrypt.js';
import { lines, pdf } from '../support/documents/pdf.js';

const LABELS = ['--labels', 'invoice,curriculum vitae,recipe'];
const invoice = lines('Invoice 2024-17', 'Please pay 540 EUR within 30 days.', 'Total amount due: 540 EUR');
const CAT = expect.stringContaining('cat');
let folder: string;
const at = (name: string) => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'files-'));
  await mkdir(at('all/more'), { recursive: true });
  await mkdir(at('none'));
  await writeFile(at('all/invoice.pdf'), await pdf({ pages: [invoice] }));
  await writeFile(at('all/more/cv.docx'), await docx(p('Curriculum vitae. Work experience: nurse, 2012 to 2020.')));
  await writeFile(at('all/notes.txt'), 'hello');
  await writeFile(at('all/.hidden'), 'x');
  await writeFile(at('locked.pdf'), await pdf({ pages: [invoice], cipher: await withPassword('sesame') }));
});
afterAll(() => rm(folder, { recursive: true }));

test('one file for a person, its evidence by page', async () => {
  const { status, stdout } = await classer(['classify', '--file', at('all/invoice.pdf'), ...LABELS, '--explain']);
  expect(status).toBe(0);
  expect(stdout).toMatch(
    /^invoice +0\.\d{4} .*\n {2}invoice ← page 1 \(1\.00\)\n\d+ tokens, 49 for its pages, [\d.]+ ms\n$/,
  );
});

test('one file for a machine, with its password and a text beside it', async () => {
  const args = [
    'tag',
    'see the attached bill',
    '--file',
    at('locked.pdf'),
    '--password',
    'sesame',
    ...LABELS,
    '--json',
  ];
  const { stdout } = await classer(args);
  expect(JSON.parse(stdout)).toMatchObject({ labels: [{ label: 'invoice' }], visual_tokens: 49 });
});

test('a folder, file by file, and an exit code that says that one was not read', async () => {
  const { status, stdout } = await classer(['classify', '--file', at('all'), ...LABELS, '--json']);
  expect(status).toBe(2);
  expect(
    stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line)),
  ).toMatchObject([
    { file: at('all/invoice.pdf'), label: 'invoice' },
    { file: at('all/more/cv.docx'), label: 'curriculum vitae' },
    { file: at('all/notes.txt'), code: 'DOCUMENT_ERROR', details: { field: 'file', reason: 'unsupported' } },
  ]);
  const said = await classer(['tag', '--file', at('all/invoice.pdf'), '--file', at('all/more/cv.docx'), ...LABELS]);
  expect(said.status).toBe(0);
  expect(said.stdout).toMatch(/invoice\.pdf: invoice 0\.\d{4}.*\n.*cv\.docx: .*curriculum vitae 0\.\d{4}/);
});

test('files one after the other, one of them missing, with a text before them', async () => {
  const files = [at('all/invoice.pdf'), at('all/missing.pdf'), at('all/more/cv.docx')];
  const { status, stdout } = await classer(['classify', 'about:', '--file', ...files, ...LABELS, '--json']);
  const lines = stdout.trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { file: files[0], label: 'invoice' },
    { file: files[1], code: 'BAD_REQUEST', error: expect.stringContaining('cannot be read') },
    { file: files[2], label: 'curriculum vitae' },
  ]);
  expect(status).toBe(2);
});

test('pictures are answered together, and evidence says which of them', async () => {
  const images = ['cat', 'coffee'].map((name) => `test/fixtures/photographs/${name}.jpg`);
  const { stdout } = await classer(['tag', '--image', ...images, '--labels', 'cat,food,car', '--explain', '--json']);
  const { labels, evidence, visual_tokens } = JSON.parse(stdout);
  expect(labels.map(({ label }: { label: string }) => label).sort()).toEqual(['cat', 'food']);
  expect(evidence).toContainEqual({ label: 'cat', weight: expect.any(Number), kind: 'image', image: 1, shows: CAT });
  expect(visual_tokens).toBe(98);
});

test.for([
  { args: ['--image', 'missing.png'], says: 'missing.png cannot be read' },
  { args: ['--image', '.'], says: 'it is a folder; --file' },
  { args: ['--image', 'package.json'], says: 'package.json: The file is neither' },
  { args: ['--file', 'missing.pdf'], says: 'missing.pdf cannot be read' },
  { args: ['--file', '/dev/null'], says: 'it is no file' },
  { args: ['--file', 'http://files.example/a.pdf'], says: 'only https' },
])('classer classify $args', async ({ args, says }) => {
  const { status, stdout, stderr } = await classer(['classify', ...args, ...LABELS]);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toMatch(/^classer: [^\n]+\n$/);
  expect(stderr).toContain(says);
});

test('a folder without files, and a file without its password', async () => {
  const none = await classer(['classify', '--file', at('none'), ...LABELS]);
  expect(none).toMatchObject({ status: 2, stderr: expect.stringContaining('no files') });
  const locked = await classer(['classify', '--file', at('locked.pdf'), ...LABELS]);
  expect(locked).toMatchObject({ status: 2, stderr: expect.stringContaining('encrypted') });
});

test('serve answers files, and fetches nothing of its own network unless it may', async () => {
  const file = base64(await pdf({ pages: [invoice] }));
  const ask = async (url: string, body: object) => {
    const response = await fetch(`${url}/v1/classify`, {
      method: 'POST',
      body: JSON.stringify({ labels: ['invoice', 'recipe'], ...body }),
    });
    return { status: response.status, ...((await response.json()) as object) };
  };
  await using careful = await classerServe();
  expect(await ask(careful.url, { file })).toMatchObject({ status: 200, label: 'invoice', visual_tokens: 49 });
  const own = { file: `${careful.url}/openapi.json` };
  expect(await ask(careful.url, own)).toMatchObject({
    status: 422,
    code: 'URL_NOT_ALLOWED',
    details: { field: 'file' },
  });
  expect(await ask(careful.url, { file: '!' })).toMatchObject({ status: 422, code: 'DOCUMENT_ERROR' });
  await using open = await classerServe(['--allow-urls', 'any']);
  expect(await ask(open.url, own)).toMatchObject({ status: 422, code: 'DOCUMENT_ERROR' });
});
