import type { Piece } from '../documents/pdf.js';
import { FONT, type TestCanvas, testCanvases } from './canvases.js';

/** A picture in shades of grey, a byte a pixel. */
export interface GreyPicture {
  readonly width: number;
  readonly height: number;
  readonly light: Uint8Array<ArrayBuffer>;
}

/** How lines are printed and scanned. */
export interface Printing {
  readonly dpi?: number;
  /** Height of the font, in points. */
  readonly size?: number;
  /** Inches. */
  readonly width?: number;
  readonly height?: number;
  /** Degrees by which the sheet lies askew. */
  readonly skew?: number;
  /** Levels of grey by which a pixel may be wrong. */
  readonly noise?: number;
  /** Whether it is seen from behind. */
  readonly mirrored?: boolean;
  /** Quarter turns to the right. */
  readonly quarters?: number;
}

const A4 = { width: 8.27, height: 11.69 };

/** Lines on paper, or pieces of text at their places in points from the lower left corner. */
export async function printed(
  content: readonly (string | Required<Piece>)[],
  printing: Printing = {},
): Promise<TestCanvas> {
  const {
    dpi = 200,
    size = 11,
    skew = 0,
    quarters = 0,
    mirrored = false,
    width: wide,
    height: high,
  } = { ...A4, ...printing };
  const [width, height] = [Math.round(wide * dpi), Math.round(high * dpi)];
  const sides = quarters % 2 === 1 ? { width: height, height: width } : { width, height };
  const canvas = (await testCanvases())(sides.width, sides.height);
  const context = canvas.getContext('2d');
  context.fillStyle = '#f4f2ec';
  context.fillRect(0, 0, sides.width, sides.height);
  context.translate(sides.width / 2, sides.height / 2);
  context.rotate(((90 * quarters + skew) * Math.PI) / 180);
  if (mirrored) context.scale(-1, 1);
  context.translate(-width / 2, -height / 2);
  context.fillStyle = '#222';
  const points = dpi / 72;
  const margin = Math.min(wide, high) * 7.2;
  for (const [i, one] of content.entries()) {
    const line = { x: margin, y: 72 * high - margin - (i + 1) * 1.5 * size, size };
    const piece = typeof one === 'string' ? { ...line, text: one } : one;
    context.font = `${piece.size * points}px ${FONT}`;
    context.fillText(piece.text, piece.x * points, (72 * high - piece.y) * points);
  }
  return canvas;
}

/** What is on paper as a scanner sees it: the same bytes each time. */
export async function scanned(
  content: readonly (string | Required<Piece>)[],
  printing: Printing = {},
): Promise<GreyPicture> {
  const canvas = await printed(content, printing);
  const { width, height } = canvas;
  const { data } = canvas.getContext('2d').getImageData(0, 0, width, height);
  const { noise = 0 } = printing;
  let state = 1;
  // A linear congruential generator.
  const random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state >>> 24) / 128 - 1;
  };
  const light = Uint8Array.from({ length: width * height }, (_, i) => {
    const level = 0.3 * (data[4 * i] ?? 0) + 0.59 * (data[4 * i + 1] ?? 0) + 0.11 * (data[4 * i + 2] ?? 0);
    return Math.max(0, Math.min(255, level + noise * random()));
  });
  return { width, height, light };
}
