import { once } from 'node:events';
import { fstatSync } from 'node:fs';
import { open } from 'node:fs/promises';
import type { Classer } from '../../client/classer.js';
import { numberOf } from '../../contract/checks.js';
import { failure, invalid } from '../../contract/errors.js';
import { Input, NOTHING } from './input.js';
import type { Options } from './options.js';
import { checkOutput, Output } from './output.js';
import { toRequest } from './request.js';
import { termsOf } from './terms.js';

/** `classer batch FILE|- [-o OUT]`: NDJSON in, NDJSON out, order kept; the next lines are read when these were written. */
export async function batch(classer: Classer, words: readonly string[], options: Options): Promise<string> {
  const [source, ...more] = words;
  if (source === undefined || more.length > 0)
    throw invalid('FILE', 'classer batch takes one file, or - for standard input.');
  const request = jobRequest(options);
  const checked = await classer.jobs.check(request);
  const { stream, identity } = source === '-' ? standardInput() : await readable(source);
  if (options.output !== undefined) await checkOutput(options.output, identity);
  const begin = (path: string) => Output.open(path, termsOf(checked), options.resume);
  const output = options.output === undefined ? undefined : await begin(options.output);
  const before = output?.progress.input ?? NOTHING;
  let { lines, failed } = output?.progress.results ?? { lines: 0, failed: 0 };
  try {
    const input = new Input(source === '-' ? 'Standard input' : source, stream, before);
    const from = { offset: before.bytes, row: before.row };
    for await (const answered of classer.jobs.pipe(request, input.rest(), { from })) {
      const seen = input.seen(answered);
      await (output ? output.write(answered, seen) : toStdout(answered.results));
      lines += answered.lines;
      failed += answered.failed;
      if (process.stderr.isTTY) process.stderr.write(`\r${lines} lines`);
    }
    await output?.finish();
  } finally {
    await output?.close();
  }
  const said = output?.unchanged
    ? `${options.output} is finished; without --resume it is answered anew`
    : `${lines} lines answered, ${failed} of them with an error`;
  process.stderr.write(`${process.stderr.isTTY ? '\r' : ''}classer: ${said}\n`);
  return '';
}

const standardInput = () => ({ stream: process.stdin, identity: fstatSync(0, { bigint: true }) });

async function readable(path: string) {
  try {
    const file = await open(path);
    const identity = await file.stat({ bigint: true });
    if (!identity.isDirectory()) return { stream: file.createReadStream(), identity };
    await file.close();
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw failure('BAD_REQUEST', `${path} cannot be read: ${code}.`, { field: 'FILE' }, cause);
  }
  throw failure('BAD_REQUEST', `${path} cannot be read: it is a folder.`, { field: 'FILE' });
}

function jobRequest(options: Options) {
  const { labels, classifier, descriptions, examples, text_type } = toRequest('', options) as Record<string, never>;
  const threshold = numberOf(options.threshold);
  const mode = options.multi || threshold !== undefined ? ('multi' as const) : undefined;
  return { labels, classifier, descriptions, examples, text_type, mode, threshold };
}

/** Waits for whoever reads. */
async function toStdout(text: string): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, 'drain');
}
