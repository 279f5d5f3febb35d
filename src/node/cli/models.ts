import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Classer } from '../../client/classer.js';
import type { ModelInfo } from '../../client/models.js';
import { numberOf } from '../../contract/checks.js';
import { failure, invalid } from '../../contract/errors.js';
import type { InstallProgress } from '../../models/progress.js';
import type { Options } from './options.js';
import { visible } from './print.js';

/** `classer models [list | install ID|URL | remove ID | import PATH | export ID -o FILE]`. */
export async function models(classer: Classer, words: readonly string[], options: Options): Promise<string> {
  const [action = 'list', name = ''] = words;
  switch (action) {
    case 'list': {
      const all = await classer.models.list();
      return options.json ? JSON.stringify(all) : all.map(line).join('\n');
    }
    case 'install':
    case 'import':
      return installed(classer, action, name, options);
    case 'export':
      return exported(classer, name, options.output);
    case 'remove':
      await classer.models.remove(name);
      return `${name} is removed`;
    default:
      throw invalid('command', `classer models takes list, install, import, export or remove, not ${action}.`);
  }
}

async function installed(
  classer: Classer,
  action: 'install' | 'import',
  name: string,
  options: Options,
): Promise<string> {
  if (name === '') throw invalid('source', `classer models ${action} needs ${SOURCES[action]}.`);
  const stopped = new AbortController();
  const stop = () => stopped.abort(failure('ABORTED', 'Stopped; install again to go on.'));
  process.once('SIGINT', stop);
  try {
    const info = await classer.models[action](name, {
      id: options.id,
      revision: options.revision,
      integrity: hashes(options.sha256),
      timeout: numberOf(options.timeout),
      signal: stopped.signal,
      onProgress: process.stderr.isTTY ? show : undefined,
    });
    return options.json ? JSON.stringify(info) : `${info.id} is installed`;
  } finally {
    process.off('SIGINT', stop);
    if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
  }
}

const SOURCES = { install: 'an id, such as owner/name, or a URL', import: 'a folder or a zip' };

/** A zip that has its name only when it is whole. */
async function exported(classer: Classer, id: string, output: string | undefined): Promise<string> {
  if (output === undefined) throw invalid('output', 'classer models export needs -o FILE.');
  const draft = `${output}.part`;
  const zip = await classer.models.export(id);
  try {
    await pipeline(Readable.fromWeb(zip as never), createWriteStream(draft));
    await rename(draft, output);
  } catch (cause) {
    await rm(draft, { force: true });
    const why = cause instanceof Error ? cause.message : String(cause);
    throw failure('BAD_REQUEST', `${output} cannot be written: ${why}`, { field: 'output' }, cause);
  }
  return `${id} is in ${output}`;
}

function hashes(given: readonly string[] = []): Record<string, string> {
  return Object.fromEntries(
    given.map((one) => {
      const at = one.lastIndexOf('=');
      if (at < 1) throw invalid('sha256', `--sha256 takes PATH=HEX, not ${JSON.stringify(one)}.`);
      return [one.slice(0, at), one.slice(at + 1)];
    }),
  );
}

const show = ({ stage, done, total }: InstallProgress): void =>
  void process.stderr.write(`\r${stage} ${Math.floor((100 * done) / total)} %`);

function line({ id, engine, bytes, embedded, from, error }: ModelInfo): string {
  const more = error ?? `${(bytes / 1e6).toFixed(1)} MB  ${embedded ? 'embedded' : visible(from ?? 'imported')}`;
  return `${visible(id)}  ${engine}  ${more}`;
}
