import { type Ask, checkResults, type Result } from './ask.js';
import type { EvalOptions } from './flags.js';
import { multi, single } from './metrics.js';
import { type Pooled, pool } from './pool.js';
import { requests } from './request.js';
import { sample } from './sample.js';
import { type EvalSet, isSingle, readSets } from './sets.js';
import type { Scored } from './summary.js';

/** What an evaluation tells while it goes on. */
export interface Listener {
  onSet(scored: Scored): void;
  onTexts(set: string, done: number, total: number): void;
}

/** Scores every set that the options ask for. */
export async function evaluate(
  options: EvalOptions,
  ask: Ask,
  listener: Listener,
): Promise<{ scored: Scored[]; answers: Pooled[] }> {
  const scored: Scored[] = [];
  const answers: Pooled[] = [];
  for (const set of choose(readSets(options.sets), options)) {
    // A single-label request always has an answer, so texts that no label fits say nothing.
    const rows = isSingle(set) ? set.rows.filter(({ labels }) => labels.length > 0) : set.rows;
    const sampled = sample(rows, options.limit, set.name);
    const results: Result[] = [];
    for (const request of requests(set, sampled, options)) {
      const got = await ask(isSingle(set) ? 'classify' : 'tag', request);
      checkResults(set.name, got, request.texts.length);
      results.push(...got);
      listener.onTexts(set.name, results.length, sampled.length);
    }
    if (isSingle(set)) answers.push(...pool(set.name, sampled, results));
    const figures = isSingle(set) ? single(sampled, results) : multi(sampled, results, set.labels);
    const { name, task, seen, labels } = set;
    const one: Scored = { name, task, seen, labels: labels.length, texts: sampled.length, figures };
    scored.push(one);
    listener.onSet(one);
  }
  return { scored, answers };
}

function choose(sets: readonly EvalSet[], { names, examples, onlyWithExamples }: EvalOptions): EvalSet[] {
  const unknown = names?.find((name) => !sets.some((set) => set.name === name));
  if (unknown) throw new Error(`No set is named ${unknown}; there are ${sets.map(({ name }) => name).join(', ')}.`);
  const needed = examples > 0 || onlyWithExamples;
  return sets.filter((set) => (!names || names.includes(set.name)) && (!needed || set.examples.length > 0));
}
