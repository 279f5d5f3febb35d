import type { Canvases } from '../documents/picture/canvas.js';

/** What draws and decodes in a browser's thread. */
export const browserCanvases: Canvases = {
  create: (width, height) => new OffscreenCanvas(width, height),
  async decode(bytes, type) {
    const image = await createImageBitmap(new Blob([bytes], { type }), { imageOrientation: 'from-image' });
    return { image, width: image.width, height: image.height, close: () => image.close() };
  },
};
