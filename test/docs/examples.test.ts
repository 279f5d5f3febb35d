import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ownHome } from '../support/child.js';
import { examples } from './examples.js';

const run = promisify(execFile);
const all = examples();
const folder = mkdtempSync(join(tmpdir(), 'examples-'));
const file = (index: number) => join(folder, `example-${index}.ts`);

beforeAll(() => {
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(resolve('.'), join(folder, 'node_modules/classer-local'), 'dir');
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  for (const [index, { code }] of all.entries()) writeFileSync(file(index), code);
});
afterAll(() => rmSync(folder, { recursive: true }));

test('there are examples, and they type-check', async () => {
  expect(all.length).toBeGreaterThan(8);
  const flags = [
    '--noEmit',
    '--strict',
    '--target',
    'es2022',
    '--module',
    'nodenext',
    '--lib',
    'es2022,dom,esnext.disposable',
  ];
  await run(resolve('node_modules/.bin/tsc'), [...flags, ...all.map((_, index) => file(index))], { cwd: folder });
});

test.each(all.map((example, index) => ({ ...example, index })))(
  '$name runs and prints what it says',
  async ({ index, output }) => {
    const { stdout } = await run(process.execPath, ['--import', 'tsx', file(index)], {
      cwd: resolve('.'),
      env: { ...process.env, CLASSER_HOME: ownHome() },
    });
    const lines = stdout.trim().split('\n').filter(Boolean);
    if (output.length > 0) expect(lines).toEqual(output);
  },
);
