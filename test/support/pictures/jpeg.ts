import { type Bytes, bytes, concat } from '../documents/bytes.js';
import type { GreyPicture } from './print.js';

/**
 * A JPEG in the colours of print, written by hand: each pixel is a block of 8 × 8, of which only the mean is stored.
 *
 * As Adobe writes them: the more of a value, the less ink.
 */
export function cmykJpeg({ width, height, light }: GreyPicture): Bytes {
  const bits = new Bits();
  const means = [0, 0, 0, 0];
  for (const level of light) {
    for (const [component, value] of [255, 255, 255, level].entries()) {
      bits.write(...difference(value - 128 - (means[component] as number)));
      means[component] = value - 128;
      // Nothing but the mean.
      bits.write(0, 1);
    }
  }
  const sides = [8 * height, 8 * width].flatMap((side) => [side >> 8, side & 255]);
  const components = [1, 2, 3, 4];
  return concat(
    bytes('\xff\xd8'),
    segment(0xee, [...bytes('Adobe'), 0, 100, 0, 0, 0, 0, 0]),
    segment(0xdb, [0, ...Array<number>(64).fill(8)]),
    segment(0xc0, [8, ...sides, 4, ...components.flatMap((id) => [id, 0x11, 0])]),
    // Differences of means have codes of four bits, one for each length; what follows them only one, of a bit.
    segment(0xc4, [0x00, ...lengths(4, 12), ...Array.from({ length: 12 }, (_, i) => i)]),
    segment(0xc4, [0x10, ...lengths(1, 1), 0]),
    segment(0xda, [4, ...components.flatMap((id) => [id, 0]), 0, 63, 0]),
    bits.end(),
    bytes('\xff\xd9'),
  );
}

/** A JPEG that its EXIF says is to be shown so (TIFF's orientation 1 to 8). */
export function oriented(jpeg: Bytes, orientation: number): Bytes {
  const tiff = [...bytes('MM\0*'), 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0];
  return concat(jpeg.subarray(0, 2), segment(0xe1, [...bytes('Exif\0\0'), ...tiff]), jpeg.subarray(2));
}

function segment(marker: number, content: readonly number[]): Bytes {
  const length = content.length + 2;
  return Uint8Array.from([0xff, marker, length >> 8, length & 255, ...content]);
}

/** How many codes there are of each of 16 lengths: all of one. */
const lengths = (bits: number, count: number) => Array.from({ length: 16 }, (_, i) => (i + 1 === bits ? count : 0));

/** The code of a difference: its length in four bits, then itself, where a negative one counts from below. */
function difference(value: number): [code: number, bits: number] {
  const length = value === 0 ? 0 : Math.floor(Math.log2(Math.abs(value))) + 1;
  const own = value < 0 ? value + 2 ** length - 1 : value;
  return [length * 2 ** length + own, 4 + length];
}

class Bits {
  readonly #bytes: number[] = [];
  #open = 0;
  #count = 0;

  write(code: number, bits: number): void {
    for (let bit = bits - 1; bit >= 0; bit--) {
      this.#open = (this.#open << 1) | ((code >> bit) & 1);
      if (++this.#count < 8) continue;
      this.#bytes.push(this.#open);
      // A byte that looks like a marker is followed by a zero.
      if (this.#open === 255) this.#bytes.push(0);
      this.#open = this.#count = 0;
    }
  }

  end(): Bytes {
    while (this.#count > 0) this.write(1, 1);
    return Uint8Array.from(this.#bytes);
  }
}
