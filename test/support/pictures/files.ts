import { type Bytes, bytes, concat, crc32, deflate } from '../documents/bytes.js';
import { type PageOf, type PdfOf, pdf } from '../documents/pdf.js';
import type { GreyPicture } from './print.js';

/** A PNG in shades of grey; `stated` writes another size into its header than it has. */
export const png = ({ width, height, light }: GreyPicture, stated = { width, height }): Promise<Bytes> =>
  pngFile({ width, height }, light, 0, stated);

/** A PNG of 24 bits: `rgb` has three bytes a pixel. */
export const colourPng = (size: Size, rgb: Uint8Array): Promise<Bytes> => pngFile(size, rgb, 2, size);

type Size = { readonly width: number; readonly height: number };

async function pngFile({ width, height }: Size, samples: Uint8Array, kind: 0 | 2, stated: Size): Promise<Bytes> {
  const stride = width * (kind + 1);
  const rows = new Uint8Array((stride + 1) * height);
  // Each row begins with its filter: none.
  for (let y = 0; y < height; y++) rows.set(samples.subarray(y * stride, (y + 1) * stride), y * (stride + 1) + 1);
  return concat(
    bytes('\x89PNG\r\n\x1a\n'),
    chunk('IHDR', concat(u32(stated.width), u32(stated.height), Uint8Array.from([8, kind, 0, 0, 0]))),
    chunk('IDAT', await deflate(rows, 'deflate')),
    chunk('IEND', new Uint8Array()),
  );
}

function chunk(name: string, content: Bytes): Bytes {
  const body = concat(bytes(name), content);
  return concat(u32(content.length), body, u32(crc32(body)));
}

/** A BMP of 24 bits, from the bottom up. */
export function bmp({ width, height, light }: GreyPicture): Bytes {
  const stride = Math.ceil((3 * width) / 4) * 4;
  const pixels = new Uint8Array(stride * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = (height - 1 - y) * stride + 3 * x;
      pixels.fill(light[y * width + x] as number, at, at + 3);
    }
  }
  const head = new DataView(new ArrayBuffer(54));
  head.setUint16(0, 0x424d);
  for (const [at, value] of [
    ...[[2, 54 + pixels.length] as const, [10, 54] as const, [14, 40] as const],
    ...[[18, width] as const, [22, height] as const, [34, pixels.length] as const],
  ])
    head.setUint32(at, value, true);
  head.setUint16(26, 1, true);
  head.setUint16(28, 24, true);
  return concat(new Uint8Array(head.buffer), pixels);
}

/** A GIF whose codes are never longer than they begin: plain, and 128 shades of grey. */
export function gif({ width, height, light }: GreyPicture, { frames = 1, screen = { width, height } } = {}): Bytes {
  const palette = Uint8Array.from({ length: 3 * 128 }, (_, i) => Math.floor(i / 3) * 2);
  const codes: number[] = [];
  for (const [i, level] of light.entries()) {
    // The table is cleared before codes of nine bits would be needed.
    if (i % 126 === 0) codes.push(128);
    codes.push(level >> 1);
  }
  const packed = Uint8Array.from([...codes, 129]);
  const blocks = Array.from({ length: Math.ceil(packed.length / 255) }, (_, i) => {
    const block = packed.subarray(255 * i, 255 * (i + 1));
    return concat(Uint8Array.from([block.length]), block);
  });
  const frame = concat(
    Uint8Array.from([0x2c, 0, 0, 0, 0, ...u16(width), ...u16(height), 0, 7]),
    ...blocks,
    Uint8Array.from([0]),
  );
  return concat(
    bytes('GIF89a'),
    Uint8Array.from([...u16(screen.width), ...u16(screen.height), 0xf6, 0, 0]),
    palette,
    ...Array<Bytes>(frames).fill(frame),
    Uint8Array.from([0x3b]),
  );
}

/** A PDF whose pages are scans, at this many dots an inch. */
export async function scannedPdf(scans: readonly GreyPicture[], dpi = 200, more: Partial<PageOf> = {}): Promise<Bytes> {
  const objects: Record<number, string> = {};
  const pages = await Promise.all(
    scans.map(async ({ width, height, light }, i): Promise<PageOf> => {
      const packed = await deflate(light, 'deflate');
      const entries = `/Type /XObject /Subtype /Image /Width ${width} /Height ${height} /BitsPerComponent 8`;
      const rest = `/ColorSpace /DeviceGray /Filter /FlateDecode /Length ${packed.length}`;
      objects[100 + i] = `<< ${entries} ${rest} >>\nstream\n${latin(packed)}\nendstream`;
      const [wide, high] = [(width * 72) / dpi, (height * 72) / dpi];
      const content = `q ${wide} 0 0 ${high} 0 0 cm /I Do Q`;
      return { content, width: wide, height: high, resources: `/XObject << /I ${100 + i} 0 R >>`, ...more };
    }),
  );
  return pdf({ pages, objects } satisfies PdfOf);
}

/** One character a byte. */
export function latin(content: Uint8Array): string {
  let text = '';
  for (let at = 0; at < content.length; at += 8192) text += String.fromCharCode(...content.subarray(at, at + 8192));
  return text;
}

const u16 = (value: number): number[] => [value & 255, (value >> 8) & 255];
const u32 = (value: number): Bytes => Uint8Array.from([24, 16, 8, 0], (shift) => (value >>> shift) & 255);
