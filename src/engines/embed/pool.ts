import { failure } from '../../contract/errors.js';
import type { Pool } from './encoder.js';

/** One vector a row from its tokens' states: their mean unless it is said otherwise. */
export const pool: Pool = (states, { lengths, width, depth, pooling }) => {
  if (states.length !== lengths.length * width * depth) {
    const own = states.length / (lengths.length * width);
    throw failure('MODEL_UNAVAILABLE', `Its graph gives ${own} numbers a token, not ${depth} as its files say.`);
  }
  const pooled = new Float32Array(lengths.length * depth);
  for (const [row, length] of lengths.entries()) {
    const count = pooling === 'cls' ? 1 : length;
    for (let t = 0; t < count; t++) {
      const from = (row * width + t) * depth;
      for (let i = 0; i < depth; i++) {
        pooled[row * depth + i] = (pooled[row * depth + i] ?? 0) + (states[from + i] ?? 0) / count;
      }
    }
  }
  return pooled;
};
