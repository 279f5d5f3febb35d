import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Classer } from '../../client/classer.js';
import { asClasserError, failure } from '../../contract/errors.js';
import { documentFailure } from '../../contract/file.js';
import { LIMITS } from '../../contract/limits.js';
import type { ClassifyResponse, TagResponse } from '../../contract/types.js';
import type { Options } from './options.js';
import { readable, visible } from './print.js';
import { toRequest } from './request.js';

/** `--file PATH`, repeated or a folder: each file is answered for itself; of several, each in its own line. */
export async function answerFiles(
  classer: Classer,
  kind: 'classify' | 'tag',
  text: string,
  options: Options,
  print: (line: string) => void,
): Promise<void> {
  const named = options.file ?? [];
  const ask = async (path: string): Promise<ClassifyResponse | TagResponse> => {
    const request = { ...toRequest(text, options), file: await contentOf(path), password: options.password };
    return classer[kind](request as never);
  };
  const [only] = named;
  if (only !== undefined && named.length === 1 && !(await isFolder(only))) {
    const answer = await ask(only);
    return print(options.json ? JSON.stringify(answer) : readable(answer, text));
  }
  const paths = (await Promise.all(named.map(expand))).flat();
  if (paths.length === 0) throw failure('BAD_REQUEST', `There are no files in ${named.join(', ')}.`, { field: 'file' });
  for (const file of paths) {
    try {
      const answer = await ask(file);
      print(options.json ? JSON.stringify({ file, ...answer }) : `${visible(file)}: ${brief(answer)}`);
    } catch (thrown) {
      const { code, message, details } = asClasserError(thrown);
      // A file's own fault is its own line; anything else would be said of each of them.
      if (details?.field !== 'file') throw thrown;
      process.exitCode = 2;
      print(options.json ? JSON.stringify({ file, error: message, code, details }) : `${visible(file)}: ${message}`);
    }
  }
}

function brief(answer: ClassifyResponse | TagResponse): string {
  const { label, confidence = 0 } = answer as ClassifyResponse;
  const chosen = 'labels' in answer ? answer.labels : label === undefined ? [] : [{ label, confidence }];
  const said = chosen.map((one) => `${visible(one.label)} ${one.confidence.toFixed(4)}`);
  return said.join(', ') || 'no label';
}

const isUrl = (path: string): boolean => /^(https?|data):/i.test(path);

const isFolder = async (path: string): Promise<boolean> => !isUrl(path) && (await look(path)).isDirectory();

/** The files of a folder and its folders by name, hidden ones left out. */
async function expand(path: string): Promise<string[]> {
  if (!(await isFolder(path))) return [path];
  const entries = await readdir(path, { withFileTypes: true });
  const seen = entries.filter(({ name }) => !name.startsWith('.')).sort((a, b) => (a.name < b.name ? -1 : 1));
  const inside = seen.filter((entry) => entry.isFile() || entry.isDirectory()).map(({ name }) => join(path, name));
  return (await Promise.all(inside.map(expand))).flat();
}

async function contentOf(path: string): Promise<string | Uint8Array> {
  if (isUrl(path)) return path;
  const found = await look(path);
  if (found.size > LIMITS.fileBytes) {
    throw documentFailure('too_large', `${path} has more than ${LIMITS.fileBytes} bytes.`);
  }
  if (!found.isFile()) throw unreadable(path, new Error('it is no file'));
  return readFile(path).catch((cause: Error) => {
    throw unreadable(path, cause);
  });
}

const look = (path: string) =>
  stat(path).catch((cause: Error) => {
    throw unreadable(path, cause);
  });

const unreadable = (path: string, cause: Error) =>
  failure('BAD_REQUEST', `${path} cannot be read: ${cause.message}`, { field: 'file' }, cause);
