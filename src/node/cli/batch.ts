import { once } from 'node:events';
import { open } from 'node:fs/promises';
import type { Classer } from '../../client/classer.js';
import { numberOf } from '../../contract/checks.js';
import { failure, invalid } from '../../contract/errors.js';
import type { Options } from './options.js';
import { checkOutput, isFinished, Output } from './output.js';
import { toRequest } from './request.js';
import { termsOf } from './terms.js';

/** `classer batch FILE|- [-o OUT]`: NDJSON in, NDJSON out, order kept; the next lines are read when these were written. */
export async function batch(classer: Classer, words: readonly string[], options: Options): Promise<string> {
  const [source, ...more] = words;
  if (source === undefined || more.length > 0)
    throw invalid('FILE', 'classer batch takes one file, or - for standard input.');
  const request = jobRequest(options);
  const checked = await classer.jobs.check(request);
  if (options.output !== undefined) await checkOutput(options.output);
  if (options.output !== undefined && options.resume && (await isFinished(options.output))) {
    process.stderr.write(`classer: ${options.output} is finished; without --resume it is answered anew\n`);
    return '';
  }
  const input = source === '-' ? process.stdin : await readable(source);
  const begin = (path: string) => Output.open(path, termsOf(checked), options.resume);
  const output = options.output === undefined ? undefined : await begin(options.output);
  let { lines, failed } = output ?? { lines: 0, failed: 0 };
  try {
    for await (const answered of classer.jobs.pipe(request, input, { skip: lines })) {
      await (output ? output.write(answered.results) : toStdout(answered.results));
      lines += answered.lines;
      failed += answered.failed;
      if (process.stderr.isTTY) process.stderr.write(`\r${lines} lines`);
    }
    await output?.finish();
  } finally {
    await output?.close();
  }
  process.stderr.write(
    `${process.stderr.isTTY ? '\r' : ''}classer: ${lines} lines answered, ${failed} of them with an error\n`,
  );
  return '';
}

async function readable(path: string) {
  try {
    const file = await open(path);
    const stat = await file.stat();
    if (!stat.isDirectory()) return file.createReadStream();
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
