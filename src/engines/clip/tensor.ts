import type { Pixels } from '../engine.js';
import type { ClipModel } from '../manifest.js';
import type { Input } from '../onnx.js';

/** A picture as the graph takes it, channel by channel; zeros where there is none. */
export function tensorOf(picture: Pixels | undefined, { view, scale, mean, deviation }: ClipModel['image']): Input {
  const { width, height } = view;
  const area = width * height;
  const data = new Float32Array(3 * area);
  for (let c = 0; picture && c < 3; c++) {
    const [middle = 0, spread = 1] = [mean[c], deviation[c]];
    for (let i = 0; i < area; i++) data[c * area + i] = ((picture.rgba[4 * i + c] ?? 0) * scale - middle) / spread;
  }
  return { type: 'float32', data, dims: [1, 3, height, width] };
}
