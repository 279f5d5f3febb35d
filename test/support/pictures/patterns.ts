import type { Bytes } from '../documents/bytes.js';
import { colourPng } from './files.js';

/** Light of a channel, 0 to 255, at a pixel. */
type Light = (x: number, y: number) => number;

const wave = (angle: number): number => 127.5 + 127.5 * Math.sin(angle);

/** Pictures that nothing is written on, wide and high, with soft and hard edges. */
const PATTERNS = {
  wide: { width: 97, height: 60, light: [(x) => wave(x / 9), (_, y) => wave(y / 7), (x, y) => wave((x + y) / 15)] },
  high: {
    ...{ width: 50, height: 83 },
    light: [(x, y) => (Math.hypot(x - 25, y - 40) < 18 ? 230 : 20), () => 90, (_, y) => 3 * y],
  },
} as const satisfies Record<string, { width: number; height: number; light: readonly Light[] }>;

export type Pattern = keyof typeof PATTERNS;
export const PATTERN_NAMES = Object.keys(PATTERNS) as Pattern[];

/** A picture as a PNG. */
export function pattern(name: Pattern): Promise<Bytes> {
  const { width, height, light } = PATTERNS[name];
  const rgb = new Uint8Array(3 * width * height);
  for (let i = 0; i < width * height; i++) {
    for (const [c, at] of light.entries()) rgb[3 * i + c] = Math.round(at(i % width, Math.floor(i / width)));
  }
  return colourPng({ width, height }, rgb);
}
