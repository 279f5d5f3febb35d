import type { Pooling } from '../manifest.js';

/** A batch of rows; `lengths` are their tokens without the padding to `width`. */
interface Rows {
  readonly lengths: readonly number[];
  readonly width: number;
  readonly depth: number;
  readonly pooling: Pooling | undefined;
}

/** One vector a row from its tokens' states: their mean unless it is said otherwise. */
export function pool(states: Float32Array, { lengths, width, depth, pooling }: Rows): Float32Array {
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
}
