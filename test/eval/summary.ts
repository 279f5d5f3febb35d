import { mean } from './metrics.js';
import { type Pooled, pooledError } from './pool.js';
import { isSingle } from './sets.js';

/** A set's figures, by the names they are printed under. */
export type Figures = Readonly<Record<string, number>>;

/** A scored set. */
export interface Scored {
  readonly name: string;
  readonly task: string;
  readonly seen: boolean;
  readonly labels: number;
  readonly texts: number;
  readonly figures: Figures;
}

/** A set's line. */
export function line({ name, task, seen, labels, figures }: Scored): string {
  const shown = Object.entries(figures).map(([key, value]) => `${key} ${value.toFixed(3)}`);
  return [name.padEnd(34), task, seen ? 'seen' : 'zero-shot', `L=${labels}`, shown.join('  ')].join(' ');
}

/** Means over the sets of a group, each set with the same weight; null for a group without sets. */
export function summarise(scored: readonly Scored[], answers: readonly Pooled[]) {
  const group = (member: (one: Scored) => boolean, key: string) => {
    const values = scored.filter(member).map(({ figures }) => figures[key] ?? Number.NaN);
    return values.length > 0 ? round(mean(values)) : null;
  };
  const multi = (one: Scored) => !isSingle(one);
  const error = pooledError(answers);
  return {
    single_macro_f1: group(isSingle, 'macro_f1'),
    single_zero_shot_macro_f1: group((one) => isSingle(one) && !one.seen, 'macro_f1'),
    single_seen_macro_f1: group((one) => isSingle(one) && one.seen, 'macro_f1'),
    single_accuracy: group(isSingle, 'accuracy'),
    pooled_ece: error === null ? null : round(error),
    multi_map: group(multi, 'map'),
    multi_macro_f1_at_half: group(multi, 'macro_f1_at_half'),
    multi_micro_f1_at_half: group(multi, 'micro_f1_at_half'),
  };
}

/** The file that `--out` asks for. */
export function report(scored: readonly Scored[], answers: readonly Pooled[]): string {
  const results = scored.map(({ name, task, seen, labels, texts, figures }) => [
    name,
    { task, trained: seen, labels, n: texts, ...figures },
  ]);
  return JSON.stringify({ summary: summarise(scored, answers), results: Object.fromEntries(results) }, null, 1);
}

const round = (value: number): number => Number(value.toFixed(4));
