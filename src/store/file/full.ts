import { statfs } from 'node:fs/promises';
import { storageFull } from '../full.js';

/** An error of writing below a folder; a full disk's says how many bytes were wanted and how many there are. */
export async function asFull(error: unknown, folder: string, needed: number): Promise<unknown> {
  const { code } = error as NodeJS.ErrnoException;
  // A file system or a limit that takes no file as large: how much room there is besides says nothing.
  if (code === 'EFBIG') return storageFull(error, { needed });
  if (code !== 'ENOSPC' && code !== 'EDQUOT') return error;
  const { bavail, bsize } = await statfs(folder);
  return storageFull(error, { needed, available: bavail * bsize });
}
