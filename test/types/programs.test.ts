import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { node } from '../support/child.js';

const TSC = fileURLToPath(new URL('../../node_modules/typescript/bin/tsc', import.meta.url));
const path = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** What the compiler says about a project; empty when it is content. */
async function complaints(project: string, ...options: string[]): Promise<string> {
  const { stdout } = await node([TSC, '--project', path(project), '--noEmit', ...options]);
  return stdout;
}

const STYLES = [
  { name: 'Node’s rules', options: [] },
  { name: 'a bundler’s rules', options: ['--module', 'preserve', '--moduleResolution', 'bundler'] },
  { name: 'plain strict', options: ['--exactOptionalPropertyTypes', 'false', '--noUncheckedIndexedAccess', 'false'] },
  { name: 'Node’s types around', options: ['--types', 'node', '--skipLibCheck'] },
];

test('the programs are typed against the hosted SDK', async () => {
  expect(await complaints('tsconfig.json')).toBe('');
});

test.for(STYLES)('unchanged, they compile against this package by $name', async ({ options }) => {
  expect(await complaints('tsconfig.local.json', ...options)).toBe('');
});
