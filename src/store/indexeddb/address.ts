import { storageBlocked } from '../blocked.js';

/** Addresses of files in the origin's private file system, by the names of their folders. */
const SCHEME = 'opfs:';

export const originAddress = (names: readonly string[]): string => SCHEME + names.map(encodeURIComponent).join('/');

/** The origin's private file system; rejects as blocked where the browser has none for this page. */
export async function originFolder(): Promise<FileSystemDirectoryHandle> {
  try {
    return await navigator.storage.getDirectory();
  } catch (error) {
    throw storageBlocked(error);
  }
}

/** The file at such an address. */
export async function readAddress(address: string): Promise<File> {
  const names = address.slice(SCHEME.length).split('/').map(decodeURIComponent);
  const name = names.pop() ?? '';
  let folder = await originFolder();
  for (const one of names) folder = await folder.getDirectoryHandle(one);
  return (await folder.getFileHandle(name)).getFile();
}
