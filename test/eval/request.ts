import type { EvalOptions } from './flags.js';
import { type EvalSet, isSingle, type Row } from './sets.js';

/** A batch request, as JSON. */
export interface EvalRequest {
  readonly labels: readonly string[];
  readonly cache: false;
  readonly descriptions?: Readonly<Record<string, string>>;
  readonly priority?: 'fast' | 'standard';
  readonly text_type?: string;
  readonly model?: string;
  readonly examples?: Readonly<Record<string, readonly string[]>>;
  readonly texts: readonly string[];
  readonly threshold?: number;
}

/** Most texts and UTF-8 bytes of one request, well inside the contract's body limit. */
const MOST = { texts: 50, bytes: 700_000 };
/** UTF-16 units of one example. */
const EXAMPLE = 1000;

/** The requests that ask for all rows of a set, in order. */
export function requests(set: EvalSet, rows: readonly Row[], options: EvalOptions): EvalRequest[] {
  const { priority, model } = options;
  const common = {
    labels: set.labels,
    cache: false as const,
    ...(!options.bare && Object.keys(set.descriptions).length > 0 && { descriptions: set.descriptions }),
    ...(priority && { priority }),
    ...(options.textType && set.textType && { text_type: set.textType }),
    ...(model && { model }),
    ...(options.examples > 0 && { examples: examples(set, options.examples) }),
  };
  // Tags below one half are wanted too: average precision looks at the whole order.
  const threshold = isSingle(set) ? {} : { threshold: 0 };
  return chunks(rows).map((part) => ({ ...common, texts: part.map(({ text }) => text), ...threshold }));
}

function examples(set: EvalSet, count: number): Record<string, string[]> {
  const found = set.labels.map((label): [string, string[]] => {
    const own = set.examples.filter(({ labels }) => labels.includes(label)).slice(0, count);
    return [label, own.map(({ text }) => text.slice(0, EXAMPLE))];
  });
  return Object.fromEntries(found.filter(([, texts]) => texts.length > 0));
}

/** Rows in groups that each fit into one request. */
export function chunks(rows: readonly Row[]): Row[][] {
  const out: Row[][] = [];
  let bytes = 0;
  for (const row of rows) {
    const size = Buffer.byteLength(JSON.stringify(row.text));
    const last = out.at(-1);
    if (last && last.length < MOST.texts && bytes + size <= MOST.bytes) {
      last.push(row);
      bytes += size;
    } else {
      out.push([row]);
      bytes = size;
    }
  }
  return out;
}
