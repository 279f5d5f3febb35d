import type { Picture } from '../picture/picture.js';

/** A picture's lightness, a byte a pixel. */
export interface Grey {
  readonly width: number;
  readonly height: number;
  readonly light: Uint8Array;
}

/** Lightness as the eye weighs colours (ITU-R BT.601). */
export function toGrey({ width, height, rgba }: Picture): Grey {
  const light = new Uint8Array(width * height);
  for (let i = 0, at = 0; i < light.length; i++, at += 4) {
    light[i] = (77 * (rgba[at] ?? 0) + 150 * (rgba[at + 1] ?? 0) + 29 * (rgba[at + 2] ?? 0)) >> 8;
  }
  return { width, height, light };
}

/** Lightest minus darkest below which nothing can be seen on a picture. */
const CONTRAST = 24;

export function isUniform({ light }: Grey): boolean {
  let [least, most] = [255, 0];
  for (const value of light) {
    if (value < least) least = value;
    if (value > most) most = value;
    if (most - least >= CONTRAST) return false;
  }
  return true;
}

/**
 * Each pixel with its neighbours, 1-2-1 each way: the grain of a scan becomes background instead of thousands of
 * specks, each of which would be looked at as a letter.
 */
export function soften({ width, height, light }: Grey): Grey {
  const across = new Uint8Array(light.length);
  const soft = new Uint8Array(light.length);
  const blur = (from: Uint8Array, to: Uint8Array, step: number) => {
    for (let i = 0; i < from.length; i++) {
      const here = from[i] as number;
      to[i] = ((from[i - step] ?? here) + 2 * here + (from[i + step] ?? here)) >> 2;
    }
  };
  blur(light, across, 1);
  blur(across, soft, width);
  return { width, height, light: soft };
}

/** Twice the size, straight lines between pixels: letters of screens are smaller than those of print. */
export function enlarge({ width, height, light }: Grey): Grey {
  const large = new Uint8Array(4 * light.length);
  for (let y = 0; y < 2 * height; y++) {
    const top = Math.min(height - 1, y >> 1) * width;
    const below = Math.min(height - 1, (y + 1) >> 1) * width;
    for (let x = 0; x < 2 * width; x++) {
      const left = Math.min(width - 1, x >> 1);
      const right = Math.min(width - 1, (x + 1) >> 1);
      const sum =
        (light[top + left] as number) +
        (light[top + right] as number) +
        (light[below + left] as number) +
        (light[below + right] as number);
      large[y * 2 * width + x] = sum >> 2;
    }
  }
  return { width: 2 * width, height: 2 * height, light: large };
}

/** A quarter turn to the right. */
export function turn({ width, height, light }: Grey): Grey {
  const turned = new Uint8Array(light.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) turned[x * height + (height - 1 - y)] = light[y * width + x] as number;
  }
  return { width: height, height: width, light: turned };
}
