import type { Filter } from '../../contract/view.js';
import type { Picture } from './picture.js';

/** A part of a picture, in pixels and fractions of them. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** What a filter gives a pixel by its distance, and the distance from which on that is nothing. */
interface Kernel {
  readonly support: number;
  weight(distance: number): number;
}

const sinc = (x: number): number => (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x));

const KERNELS: Readonly<Record<Filter, Kernel>> = {
  box: { support: 0.5, weight: (x) => (x > -0.5 && x <= 0.5 ? 1 : 0) },
  triangle: { support: 1, weight: (x) => Math.max(0, 1 - Math.abs(x)) },
  hamming: {
    support: 1,
    weight: (x) => (Math.abs(x) < 1 ? sinc(x) * (0.54 + 0.46 * Math.cos(Math.PI * x)) : 0),
  },
  // Keys 1981, "Cubic convolution interpolation for digital image processing", with a = −1/2.
  cubic: {
    support: 2,
    weight(x) {
      const d = Math.abs(x);
      if (d < 1) return (1.5 * d - 2.5) * d * d + 1;
      return d < 2 ? ((-0.5 * d + 2.5) * d - 4) * d + 2 : 0;
    },
  },
  lanczos: { support: 3, weight: (x) => (Math.abs(x) < 3 ? sinc(x) * sinc(x / 3) : 0) },
};

/**
 * A part of a picture at another size, as Pillow resamples, so that it is the same wherever it is made: each pixel is
 * the mean of those under it, weighted by a kernel that grows with what is made smaller.
 */
export function resample(picture: Picture, box: Box, width: number, height: number, filter: Filter): Picture {
  const kernel = KERNELS[filter];
  const columns = weights(box.left, box.width, picture.width, width, kernel);
  const rows = weights(box.top, box.height, picture.height, height, kernel);
  const first = rows.reduce((least, row) => Math.min(least, row.first), picture.height);
  const end = rows.reduce((most, row) => Math.max(most, row.first + row.weights.length), 0);
  // Across, then down; only the rows that are needed. Between the two is a picture of bytes as well.
  const across = new Uint8ClampedArray((end - first) * width * 3);
  for (let y = first; y < end; y++) {
    for (let x = 0; x < width; x++) {
      const column = columns[x] as Weights;
      for (let c = 0; c < 3; c++) {
        let sum = 0;
        for (let i = 0; i < column.weights.length; i++) {
          sum +=
            (column.weights[i] as number) * (picture.rgba[4 * (y * picture.width + column.first + i) + c] as number);
        }
        across[3 * ((y - first) * width + x) + c] = sum;
      }
    }
  }
  const made = new Uint8ClampedArray(4 * width * height).fill(255);
  for (const [y, row] of rows.entries()) {
    for (let at = 0; at < 3 * width; at++) {
      let sum = 0;
      for (let i = 0; i < row.weights.length; i++) {
        sum += (row.weights[i] as number) * (across[3 * (row.first - first + i) * width + at] as number);
      }
      made[4 * (y * width + Math.floor(at / 3)) + (at % 3)] = sum;
    }
  }
  return { width, height, rgba: made };
}

/** Which pixels of a row or column one is made of, and how much each counts. */
interface Weights {
  readonly first: number;
  readonly weights: readonly number[];
}

function weights(start: number, length: number, all: number, side: number, { support, weight }: Kernel): Weights[] {
  const scale = length / side;
  const wide = Math.max(1, scale);
  return Array.from({ length: side }, (_, place) => {
    const centre = start + (place + 0.5) * scale;
    const first = Math.max(0, Math.floor(centre - support * wide + 0.5));
    const end = Math.min(all, Math.floor(centre + support * wide + 0.5));
    const raw = Array.from({ length: Math.max(1, end - first) }, (_, i) => weight((first + i + 0.5 - centre) / wide));
    const total = raw.reduce((a, b) => a + b, 0) || 1;
    return { first, weights: raw.map((one) => one / total) };
  });
}
