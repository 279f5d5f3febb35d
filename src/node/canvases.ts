import type { Canvases } from '../documents/picture/canvas.js';

/** Draws and decodes in Node by a package that an installation may leave out; undefined where it did. */
export async function nodeCanvases(): Promise<Canvases | undefined> {
  const canvas = await import('@napi-rs/canvas').catch(() => undefined);
  if (!canvas) return undefined;
  const { createCanvas, loadImage, DOMMatrix, ImageData, Path2D } = canvas;
  // What pdf.js draws with, in this thread only.
  Object.assign(globalThis, { DOMMatrix, ImageData, Path2D });
  return {
    create: (width, height) => createCanvas(width, height) as never,
    async decode(bytes) {
      const image = await loadImage(bytes);
      return { image: image as never, width: image.width, height: image.height, close: () => undefined };
    },
  };
}
