import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { storageBlocked } from '../blocked.js';
import { asBlocked } from './full.js';

/**
 * Makes a folder and those that it lies in, unless they are there.
 *
 * Node's own `recursive` goes on for ever where a folder takes no others, such as `/proc`.
 */
export async function makeFolder(path: string, mode?: number): Promise<void> {
  if (await madeIn(path, mode)) return;
  await makeFolder(dirname(path), mode);
  // A folder that is there and still takes no others.
  if (!(await madeIn(path, mode))) throw storageBlocked(new Error(`${path} cannot be made.`));
}

/** Whether a folder is there now; false where the one that it lies in is not. */
async function madeIn(path: string, mode: number | undefined): Promise<boolean> {
  try {
    await mkdir(path, mode);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return true;
    if (code === 'ENOENT' && dirname(path) !== path) return false;
    throw asBlocked(error);
  }
}
