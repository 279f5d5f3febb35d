import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { asClasserError, failure } from '../../contract/errors.js';
import { documentFailure } from '../../contract/file.js';
import { LIMITS } from '../../contract/limits.js';

/** The option that names a file. */
export type Field = 'file' | 'image';

const isUrl = (path: string): boolean => /^(https?|data):/i.test(path);

export const isFolder = async (path: string): Promise<boolean> => !isUrl(path) && (await look(path)).isDirectory();

/** The files of a folder and its folders by name, hidden ones left out. What is not there stands for itself: reading it says why. */
export async function expand(path: string): Promise<string[]> {
  if (!(await isFolder(path).catch(() => false))) return [path];
  const entries = await readdir(path, { withFileTypes: true });
  const seen = entries.filter(({ name }) => !name.startsWith('.')).sort((a, b) => (a.name < b.name ? -1 : 1));
  const inside = seen.filter((entry) => entry.isFile() || entry.isDirectory()).map(({ name }) => join(path, name));
  return (await Promise.all(inside.map(expand))).flat();
}

/** What a request takes for a path or a URL. Rejects with BAD_REQUEST or DOCUMENT_ERROR when it cannot be read. */
export async function contentOf(path: string, field: Field = 'file'): Promise<string | Uint8Array> {
  if (isUrl(path)) return path;
  const found = await look(path, field);
  if (found.size > LIMITS.fileBytes) {
    throw documentFailure('too_large', `${path} has more than ${LIMITS.fileBytes} bytes.`);
  }
  if (field === 'image' && found.isDirectory()) {
    throw unreadable(path, new Error('it is a folder; --file answers each of the files in it'), field);
  }
  if (!found.isFile()) throw unreadable(path, new Error('it is no file'), field);
  return readFile(path).catch((cause: Error) => {
    throw unreadable(path, cause, field);
  });
}

/** What is wrong with one of several pictures, said of its path, not of its number. */
export function named(thrown: unknown, paths: readonly string[] = []): unknown {
  const { code, message, details } = asClasserError(thrown);
  const image = details?.['image'];
  const path = paths[Number(image) - 1];
  if (path === undefined) return thrown;
  return failure(code, `${path}: ${message.replace(`Image ${image}: `, '')}`, details, thrown);
}

const look = (path: string, field: Field = 'file') =>
  stat(path).catch((cause: Error) => {
    throw unreadable(path, cause, field);
  });

const unreadable = (path: string, cause: Error, field: Field) =>
  failure('BAD_REQUEST', `${path} cannot be read: ${cause.message}`, { field }, cause);
