import type { Picture } from './picture.js';

/**
 * The square in the middle of a picture at another size, so that it is the same wherever it is made: each pixel is the
 * mean of those under it, weighted by a triangle twice as wide.
 */
export function thumbnail({ width, height, rgba }: Picture, side: number): Picture {
  const square = Math.min(width, height);
  const columns = weights((width - square) / 2, square, width, side);
  const rows = weights((height - square) / 2, square, height, side);
  const first = rows[0]?.first ?? 0;
  const end = rows.reduce((most, row) => Math.max(most, row.first + row.weights.length), 0);
  // Across, then down; only the rows that are needed.
  const across = new Float32Array((end - first) * side * 3);
  for (let y = first; y < end; y++) {
    for (let x = 0; x < side; x++) {
      const column = columns[x] as Weights;
      for (let c = 0; c < 3; c++) {
        let sum = 0;
        for (let i = 0; i < column.weights.length; i++) {
          sum += (column.weights[i] as number) * (rgba[4 * (y * width + column.first + i) + c] as number);
        }
        across[3 * ((y - first) * side + x) + c] = sum;
      }
    }
  }
  const small = new Uint8ClampedArray(4 * side * side).fill(255);
  for (const [y, row] of rows.entries()) {
    for (let at = 0; at < 3 * side; at++) {
      let sum = 0;
      for (let i = 0; i < row.weights.length; i++) {
        sum += (row.weights[i] as number) * (across[3 * (row.first - first + i) * side + at] as number);
      }
      small[4 * (y * side + Math.floor(at / 3)) + (at % 3)] = sum;
    }
  }
  return { width: side, height: side, rgba: small };
}

/** Which pixels of a row or column one is made of, and how much each counts. */
interface Weights {
  readonly first: number;
  readonly weights: readonly number[];
}

function weights(start: number, length: number, all: number, side: number): Weights[] {
  const scale = length / side;
  const reach = Math.max(1, scale);
  return Array.from({ length: side }, (_, place) => {
    const centre = start + (place + 0.5) * scale;
    const first = Math.max(0, Math.floor(centre - reach + 0.5));
    const end = Math.min(all, Math.floor(centre + reach + 0.5));
    const raw = Array.from({ length: Math.max(1, end - first) }, (_, i) =>
      Math.max(0, 1 - Math.abs(first + i + 0.5 - centre) / reach),
    );
    const total = raw.reduce((a, b) => a + b, 0) || 1;
    return { first, weights: raw.map((weight) => weight / total) };
  });
}
