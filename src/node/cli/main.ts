#!/usr/bin/env node
import { text as readAll } from 'node:stream/consumers';
import manifest from '../../../models/manifest.json' with { type: 'json' };
import packageJson from '../../../package.json' with { type: 'json' };
import type { Classer } from '../../client/classer.js';
import { numberOf } from '../../contract/checks.js';
import { asClasserError, invalid, STATUS } from '../../contract/errors.js';
import { nearest } from '../../contract/nearest.js';
import type { Manifest } from '../../engines/manifest.js';
import { createClasser } from '../index.js';
import { copyAssets } from './assets.js';
import { batch } from './batch.js';
import { classifiers } from './classifiers.js';
import { contentOf, named } from './content.js';
import { answerFiles } from './files.js';
import { keys } from './keys.js';
import { models } from './models.js';
import { type Options, parseOptions } from './options.js';
import { readable, visible } from './print.js';
import { toRequest } from './request.js';
import { serve } from './serve.js';
import { USAGE } from './usage.js';

const COMMANDS = ['classify', 'tag', 'serve', 'assets', 'batch', 'classifiers', 'models', 'keys'];

/** Words that a command takes at most, where it does not say so itself. */
const WORDS: Readonly<Record<string, number>> = { serve: 0, assets: 1, classifiers: 2, models: 2, keys: 2 };

async function run(args: readonly string[]): Promise<void> {
  const { words, options } = parseOptions(args);
  const [command, ...rest] = words;
  if (options.version) return print(packageJson.version);
  if (options.help || command === undefined) return print(USAGE.trimEnd());
  const extra = rest[WORDS[command] ?? rest.length];
  if (extra !== undefined) throw invalid('command', `classer ${command} does not take ${extra}. See classer --help.`);
  const modelHost = options['model-host'] ?? process.env['CLASSER_MODEL_HOST'];
  const { store, model } = options;
  const concurrency = numberOf(options.concurrency);
  const settings = { store, model, modelHost, concurrency, logs: { texts: options['log-texts'] } };
  // Whoever can ask a server could otherwise have it ask its own network.
  const allowUrls = (options['allow-urls'] ?? 'public') as 'public';
  if (command === 'serve') return serve(createClasser({ ...settings, allowUrls }), options);
  if (Object.hasOwn(COMMANDS_OF_A_CLASSER, command)) {
    const classer = createClasser(settings);
    try {
      const said = await COMMANDS_OF_A_CLASSER[command as Local](classer, rest, options);
      return said === '' ? undefined : print(said);
    } finally {
      await classer.dispose();
    }
  }
  if (command === 'assets') return print((await copyAssets(rest[0], manifest as Manifest)).join('\n'));
  const near = nearest(command, COMMANDS);
  throw invalid(
    'command',
    `There is no command ${command}.${near ? ` Did you mean ${near}?` : ' See classer --help.'}`,
  );
}

/** Commands that end with one piece of output. */
const COMMANDS_OF_A_CLASSER = {
  classify: (classer: Classer, words: readonly string[], options: Options) =>
    answer(classer, 'classify', words, options),
  tag: (classer: Classer, words: readonly string[], options: Options) => answer(classer, 'tag', words, options),
  batch,
  classifiers,
  models,
  keys,
};
type Local = keyof typeof COMMANDS_OF_A_CLASSER;

async function answer(
  classer: Classer,
  kind: 'classify' | 'tag',
  words: readonly string[],
  options: Options,
): Promise<string> {
  if (words.length > 1) throw invalid('text', 'Put the text in quotes: only one is read at a time.');
  const text = words[0] ?? (options.file || options.image ? '' : await readAll(process.stdin));
  const image = options.image && (await Promise.all(options.image.map((path) => contentOf(path, 'image'))));
  const request = { ...toRequest(text, options), text, image };
  if (options.file) {
    await answerFiles(classer, kind, request, options, print);
    return '';
  }
  const result = await classer[kind](request as never).catch((thrown: unknown) => {
    throw named(thrown, options.image);
  });
  return options.json ? JSON.stringify(result) : readable(result, text);
}

const print = (text: string): void => void process.stdout.write(`${text}\n`);

// Whoever reads may stop reading, as `head` does; that is no failure of ours.
process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => process.exit(code === 'EPIPE' ? 0 : 1));

try {
  await run(process.argv.slice(2));
} catch (thrown) {
  const error = asClasserError(thrown);
  // Where it failed is for whoever runs the command; clients of a server are not told.
  const { message: where = '' } = (error.cause ?? {}) as Partial<Error>;
  const said = error.code !== 'INTERNAL' || error.message.includes(where) ? '' : ` (${where})`;
  process.stderr.write(`classer: ${visible(error.message + said)}\n`);
  const callers = STATUS[error.code] < 500 && error.code !== 'TIMEOUT';
  process.exitCode = callers ? 2 : 1;
}
