import { parseArgs } from 'node:util';
import { nearest } from '../../src/contract/nearest.js';

const OPTIONS = {
  sets: { type: 'string' },
  names: { type: 'string' },
  limit: { type: 'string' },
  examples: { type: 'string' },
  'only-with-examples': { type: 'boolean' },
  bare: { type: 'boolean' },
  'text-type': { type: 'boolean' },
  priority: { type: 'string' },
  model: { type: 'string' },
  url: { type: 'string' },
  out: { type: 'string' },
} as const;

/** What to score, and how to ask. */
export interface EvalOptions {
  /** Folder of evaluation sets. */
  readonly sets: string;
  /** Sets to take; all when left out. */
  readonly names?: readonly string[] | undefined;
  /** Texts a set. */
  readonly limit: number;
  /** Examples a label. */
  readonly examples: number;
  readonly onlyWithExamples: boolean;
  /** Leaves descriptions out. */
  readonly bare: boolean;
  readonly textType: boolean;
  readonly priority?: 'fast' | 'standard' | undefined;
  readonly model?: string | undefined;
  /** A server to ask, in place of the package itself. */
  readonly url?: string | undefined;
  /** File for all figures. */
  readonly out?: string | undefined;
}

/** Reads the command line; throws with one sentence on the first mistake. */
export function parseFlags(args: readonly string[]): EvalOptions {
  const { values, tokens } = parseArgs({ args: [...args], options: OPTIONS, strict: false, tokens: true });
  for (const token of tokens) {
    if (token.kind === 'positional') throw new Error(`Unexpected argument ${token.value}.`);
    if (token.kind === 'option') check(token.name, token.value);
  }
  const flags = values as Record<string, string | undefined> & Record<string, unknown>;
  const { sets, priority, model, out } = flags;
  if (!sets) throw new Error('Name the folder of evaluation sets: --sets DIR.');
  if (priority !== undefined && priority !== 'fast' && priority !== 'standard') {
    throw new Error(`--priority is fast or standard, not ${priority}.`);
  }
  return {
    sets,
    names: flags['names']?.split(','),
    limit: whole('limit', flags['limit'] ?? '300', 1),
    examples: whole('examples', flags['examples'] ?? '0', 0),
    onlyWithExamples: flags['only-with-examples'] !== undefined,
    bare: flags['bare'] !== undefined,
    textType: flags['text-type'] !== undefined,
    priority,
    model,
    url: flags['url']?.replace(/\/$/, ''),
    out,
  };
}

function check(name: string, value: string | undefined): void {
  const known = Object.keys(OPTIONS);
  if (!known.includes(name)) {
    const near = nearest(name, known);
    throw new Error(`There is no flag --${name}. ${near ? `Did you mean --${near}?` : `Known: ${known.join(', ')}.`}`);
  }
  const wanted = OPTIONS[name as keyof typeof OPTIONS].type === 'string';
  if (wanted && value === undefined) throw new Error(`--${name} needs a value.`);
  if (!wanted && value !== undefined) throw new Error(`--${name} takes no value.`);
}

function whole(name: string, value: string, least: number): number {
  const number = Number(value);
  if (Number.isInteger(number) && number >= least) return number;
  throw new Error(`--${name} must be a whole number of at least ${least}, not ${value}.`);
}
