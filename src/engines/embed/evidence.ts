import type { Passage } from '../engine.js';
import { OnlineAttention } from './attention.js';
import type { Attended } from './head.js';
import type { Span } from './passages.js';

/** Passages that an answer names for one label. */
const NAMED = 5;

/** How much of a label's attention each passage of a text got. */
export class EvidenceStore {
  readonly #spans: readonly Span[];
  readonly #labels: number;
  /** Log of the attention mass, `[passages, labels]`. */
  readonly #mass: Float32Array;

  constructor(spans: readonly Span[], labels: number) {
    this.#spans = spans;
    this.#labels = labels;
    this.#mass = new Float32Array(spans.length * labels).fill(Number.NEGATIVE_INFINITY);
  }

  /** Adds tokens `from` to `to` of the text; token `from` stands at `offset` in the attended array. */
  add(attended: Attended, from: number, to: number, offset: number): void {
    for (let p = this.#first(from); p < this.#spans.length; p++) {
      const span = this.#spans[p];
      if (!span || span.from >= to) return;
      const part = new OnlineAttention(this.#labels);
      part.add(attended, offset + Math.max(span.from, from) - from, offset + Math.min(span.to, to) - from);
      for (let l = 0; l < this.#labels; l++) {
        const at = p * this.#labels + l;
        this.#mass[at] = logAdd(this.#mass[at] ?? 0, part.logMass(l));
      }
    }
  }

  /** The passages that a label looked at most, best first; their weights sum to 1. */
  best(label: number): (Passage & { weight: number })[] {
    const logs = this.#spans.map((span, p) => ({ span, log: this.#mass[p * this.#labels + label] ?? 0 }));
    const read = logs.filter(({ log }) => log > Number.NEGATIVE_INFINITY);
    const named = read.sort((a, b) => b.log - a.log).slice(0, NAMED);
    const top = named[0]?.log ?? 0;
    const total = named.reduce((sum, { log }) => sum + Math.exp(log - top), 0);
    return named.map(({ span: { start, end }, log }) => ({ start, end, weight: Math.exp(log - top) / total }));
  }

  /** Index of the passage that holds a token. */
  #first(token: number): number {
    let low = 0;
    let high = this.#spans.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#spans[middle]?.to ?? 0) <= token) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function logAdd(a: number, b: number): number {
  const top = Math.max(a, b);
  return top === Number.NEGATIVE_INFINITY ? top : top + Math.log(Math.exp(a - top) + Math.exp(b - top));
}
