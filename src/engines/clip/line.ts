import { mean } from '../../decide/statistics.js';
import type { Line } from '../engine.js';

/** The line through points by least squares. */
export function lineThrough(xs: readonly number[], ys: readonly number[]): Line {
  const [x, y] = [mean(xs), mean(ys)];
  const along = xs.reduce((sum, value, i) => sum + (value - x) * ((ys[i] ?? 0) - y), 0);
  const scale = along / xs.reduce((sum, value) => sum + (value - x) ** 2, 0);
  return { scale, bias: y - scale * x };
}
