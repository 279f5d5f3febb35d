import { normalise } from '../../decide/prototype.js';
import type { Logits } from '../engine.js';
import type { EmbedModel } from '../manifest.js';
import { OnlineAttention } from './attention.js';
import { EvidenceStore } from './evidence.js';
import type { Attended } from './head.js';
import type { Span } from './passages.js';
import type { Scanned } from './scan.js';

/** What is kept of one text while its windows go by; it does not grow with the text's length. */
export class ReadingState {
  readonly #sum: Float32Array;
  readonly #attention: OnlineAttention;
  readonly #evidence: EvidenceStore | undefined;
  readonly #labels: number;

  /** `spans` are the text's passages when evidence is wanted. */
  constructor(dimensions: number, labels: number, spans?: readonly Span[]) {
    this.#sum = new Float32Array(dimensions);
    this.#labels = labels;
    this.#attention = new OnlineAttention(labels);
    this.#evidence = spans && new EvidenceStore(spans, labels);
  }

  /** Adds a window: its pooled vector by its count of fresh tokens, and the attention over those. */
  add({ window, encoded, row, lead }: Scanned, attended?: Attended): void {
    const depth = this.#sum.length;
    const weight = Math.max(1, window.fresh);
    for (let i = 0; i < depth; i++) {
      this.#sum[i] = (this.#sum[i] ?? 0) + weight * (encoded.pooled[row * depth + i] ?? 0);
    }
    if (!attended) return;
    // Row offset, the opening tokens, and those shared with the window before.
    const from = row * encoded.width + lead + (window.end - window.start - window.fresh);
    this.#attention.add(attended, from, from + window.fresh);
    this.#evidence?.add(attended, window.end - window.fresh, window.end, from);
  }

  /** The text's vector, of length 1. */
  vector(): Float32Array {
    return normalise(this.#sum.slice());
  }

  /** The text's score for each label; `vectors` is `[labels, dimensions]`. */
  scores(vectors: Float32Array, mix: EmbedModel['mix']): Float32Array {
    const text = this.vector();
    return Float32Array.from({ length: this.#labels }, (_, l) => {
      const label = vectors.subarray(l * text.length, (l + 1) * text.length);
      let cosine = 0;
      for (let i = 0; i < text.length; i++) cosine += (text[i] ?? 0) * (label[i] ?? 0);
      return mix.cosine * cosine + mix.attention * this.#attention.value(l);
    });
  }

  /** The passages that spoke for a label. */
  evidence(label: number): ReturnType<Logits['evidence']> {
    return this.#evidence?.best(label) ?? [];
  }
}
