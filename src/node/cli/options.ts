import { parseArgs } from 'node:util';
import { invalid } from '../../contract/errors.js';
import { nearest } from '../../contract/nearest.js';

const OPTIONS = {
  labels: { type: 'string' },
  label: { type: 'string', multiple: true },
  description: { type: 'string', multiple: true },
  example: { type: 'string', multiple: true },
  file: { type: 'string', multiple: true },
  image: { type: 'string', multiple: true },
  password: { type: 'string' },
  'text-type': { type: 'string' },
  threshold: { type: 'string' },
  'min-confidence': { type: 'string' },
  scores: { type: 'boolean' },
  explain: { type: 'boolean' },
  json: { type: 'boolean' },
  timeout: { type: 'string' },
  port: { type: 'string' },
  host: { type: 'string' },
  'max-body': { type: 'string' },
  origin: { type: 'string', multiple: true },
  'allow-host': { type: 'string', multiple: true },
  'allow-urls': { type: 'string' },
  'require-key': { type: 'boolean' },
  'rate-limit': { type: 'string' },
  'rate-limit-tokens': { type: 'string' },
  'log-texts': { type: 'boolean' },
  classifier: { type: 'string' },
  model: { type: 'string' },
  'model-host': { type: 'string' },
  id: { type: 'string' },
  revision: { type: 'string' },
  sha256: { type: 'string', multiple: true },
  'no-cache': { type: 'boolean' },
  concurrency: { type: 'string' },
  store: { type: 'string' },
  output: { type: 'string', short: 'o' },
  resume: { type: 'boolean' },
  multi: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
} as const;

export type Options = ReturnType<typeof parseArgs<{ options: typeof OPTIONS; allowPositionals: true }>>['values'];

/** Command line into words and options; throws VALIDATION_ERROR naming an option that does not exist. */
export function parseOptions(args: readonly string[]): { words: string[]; options: Options } {
  try {
    const { values, tokens } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true, tokens: true });
    return listed(values, tokens);
  } catch (cause) {
    const named = /'(--?[^' =]+)/.exec((cause as Error).message)?.[1] ?? '';
    const unknown = (cause as { code?: string }).code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION';
    if (!unknown) throw invalid(named, `${(cause as Error).message.split('\n')[0]}`);
    const near = nearest(named.replace(/^-+/, ''), Object.keys(OPTIONS));
    throw invalid(named, `There is no option ${named}.${near ? ` Did you mean --${near}?` : ' See classer --help.'}`);
  }
}

/** Options that take every word up to the next option, as a shell puts them in place of `*.pdf`. */
const LISTS = ['file', 'image'] as const;

type Token = NonNullable<ReturnType<typeof parseArgs>['tokens']>[number];

function listed(options: Options, tokens: readonly Token[]): { words: string[]; options: Options } {
  const words: string[] = [];
  const lists: Partial<Record<(typeof LISTS)[number], string[]>> = {};
  let open: string[] | undefined;
  for (const token of tokens) {
    const name = LISTS.find((one) => token.kind === 'option' && token.name === one);
    if (token.kind === 'positional') (open ?? words).push(token.value);
    else open = undefined;
    if (!name || token.kind !== 'option') continue;
    lists[name] ??= [];
    lists[name].push(token.value ?? '');
    if (!token.inlineValue) open = lists[name];
  }
  return { words, options: { ...options, ...lists } };
}
