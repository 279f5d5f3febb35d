import type { Encoded } from './encoder.js';
import type { Attended, LabelAttention, Looks } from './head.js';

/** How much likelier a token counts as evidence when its cosine is higher by 1: e to this. */
const SHARPNESS = 20;

/** Attention of a model without a head: a label looks at the tokens whose states are near it. It moves no score. */
export class TokenCosine implements LabelAttention {
  readonly #depth: number;

  constructor(dimensions: number) {
    this.#depth = dimensions;
  }

  async map(vectors: Float32Array): Promise<Looks> {
    return { asks: vectors, gives: vectors };
  }

  async run({ states }: Encoded, { asks }: Looks): Promise<Attended> {
    const depth = this.#depth;
    const labels = asks.length / depth;
    const tokens = states.length / depth;
    const attention = new Float32Array(tokens * labels);
    for (let t = 0; t < tokens; t++) {
      const state = states.subarray(t * depth, (t + 1) * depth);
      const length = Math.sqrt(state.reduce((sum, x) => sum + x * x, 0)) || 1;
      for (let l = 0; l < labels; l++) {
        let dot = 0;
        for (let i = 0; i < depth; i++) dot += (state[i] ?? 0) * (asks[l * depth + i] ?? 0);
        attention[t * labels + l] = (SHARPNESS * dot) / length;
      }
    }
    return { attention, value: new Float32Array(attention.length) };
  }
}
