import { statfs } from 'node:fs/promises';
import { storageBlocked } from '../blocked.js';
import { storageFull } from '../full.js';

/** An error of writing below a folder; a full disk's says how many bytes were wanted and how many there are. */
export async function asFull(error: unknown, folder: string, needed: number): Promise<unknown> {
  const { code } = error as NodeJS.ErrnoException;
  // A file system or a limit that takes no file as large: how much room there is besides says nothing.
  if (code === 'EFBIG') return storageFull(error, { needed });
  if (code !== 'ENOSPC' && code !== 'EDQUOT') return asBlocked(error);
  const { bavail, bsize } = await statfs(folder);
  return storageFull(error, { needed, available: bavail * bsize });
}

/** Of folders that nobody may write to, or that are none. */
const DENIED: readonly unknown[] = ['EACCES', 'EPERM', 'EROFS', 'ENOTDIR'];

/** An error of a file or folder; one of those that this process may not have says so. */
export const asBlocked = (error: unknown): unknown =>
  DENIED.includes((error as NodeJS.ErrnoException).code) ? storageBlocked(error) : error;
