import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Gives the tests, and every process that they start, a folder of their own to keep things in. */
export default async function setup(): Promise<() => Promise<void>> {
  const before = process.env['CLASSER_HOME'];
  const folder = await mkdtemp(join(tmpdir(), 'classer-home-'));
  process.env['CLASSER_HOME'] = folder;
  return async () => {
    if (before === undefined) delete process.env['CLASSER_HOME'];
    else process.env['CLASSER_HOME'] = before;
    await rm(folder, { recursive: true, force: true });
  };
}
