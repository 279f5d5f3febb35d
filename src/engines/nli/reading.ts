import { softmax } from '../../decide/probability.js';
import type { Tokens } from '../embed/tokens.js';
import type { Passage } from '../engine.js';
import type { Pair } from './pairs.js';

/** Passages that an answer names for one label. */
const NAMED = 5;

/** What a text's windows say about each hypothesis. */
export class PairReading {
  readonly #tokens: Tokens;
  readonly #windows = new Map<number, { readonly fresh: number; readonly end: number; readonly odds: number[] }>();

  constructor(tokens: Tokens) {
    this.#tokens = tokens;
  }

  /** Adds the log odds of one pair. */
  add({ window: { start, end, fresh }, hypothesis }: Pair, odds: number): void {
    const window = this.#windows.get(start) ?? { fresh: Math.max(1, fresh), end, odds: [] };
    window.odds[hypothesis] = odds;
    this.#windows.set(start, window);
  }

  /** A hypothesis's log odds: the mean over the windows, by the tokens that are new in each. */
  odds(hypothesis: number): number {
    let sum = 0;
    let weight = 0;
    for (const { fresh, odds } of this.#windows.values()) {
      // Where time was short, not every hypothesis was read with every window.
      if (odds[hypothesis] === undefined) continue;
      sum += fresh * odds[hypothesis];
      weight += fresh;
    }
    return weight === 0 ? 0 : sum / weight;
  }

  /** The windows that speak for a hypothesis, best first; their weights sum to 1. */
  evidence(hypothesis: number): (Passage & { weight: number })[] {
    const { starts, ends } = this.#tokens;
    const windows = [...this.#windows]
      .flatMap(([start, { end, odds }]) =>
        odds[hypothesis] === undefined ? [] : [{ start, end, odds: odds[hypothesis] }],
      )
      .sort((a, b) => b.odds - a.odds)
      .slice(0, NAMED);
    const weights = softmax(
      windows.map(({ odds }) => odds),
      1,
    );
    return windows.map(({ start, end }, w) => ({
      start: starts[start] ?? 0,
      end: ends[end - 1] ?? 0,
      weight: weights[w] ?? 0,
    }));
  }
}
