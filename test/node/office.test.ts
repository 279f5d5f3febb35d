import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { classer } from '../support/child.js';
import { OFFICE } from '../support/documents/office/documents.js';
import { FORMATS } from '../support/documents/office/formats.js';

const labels = OFFICE.map(({ label }) => label).join();

test.for([...OFFICE])('a folder with one document: $label', async (document) => {
  const folder = await mkdtemp(join(tmpdir(), 'office-'));
  const files = Object.entries(FORMATS).map(async ([ending, make]) =>
    writeFile(join(folder, `document.${ending}`), await make(document)),
  );
  await Promise.all(files);
  const { stdout } = await classer(['classify', '--file', folder, '--labels', labels, '--json']);
  const answers = stdout.trimEnd().split('\n');
  expect(answers.map((answer) => JSON.parse(answer).label)).toEqual(files.map(() => document.label));
  await rm(folder, { recursive: true });
});
