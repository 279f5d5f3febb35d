import type { Picture } from './picture.js';

/** What is drawn on: a page's OffscreenCanvas, or what stands for it in Node. */
export interface Canvas {
  width: number;
  height: number;
  getContext(kind: '2d', options?: { willReadFrequently: boolean }): OffscreenCanvasRenderingContext2D | null;
}

/** A picture file once decoded, turned as its EXIF says. */
export interface Decoded {
  readonly image: CanvasImageSource;
  readonly width: number;
  readonly height: number;
  close(): void;
}

/** What draws and decodes in this environment. */
export interface Canvases {
  create(width: number, height: number): Canvas;
  /** Rejects when the bytes are no picture that it knows. */
  decode(bytes: Uint8Array<ArrayBuffer>, type: string): Promise<Decoded>;
}

/** What `draw` puts onto a white canvas; the canvas's memory is given back, whatever happens. */
export async function drawn(
  canvases: Canvases,
  [width, height]: readonly [width: number, height: number],
  draw: (context: OffscreenCanvasRenderingContext2D, canvas: Canvas) => Promise<void> | void,
): Promise<Picture> {
  const canvas = canvases.create(width, height);
  try {
    const context = canvas.getContext('2d', { willReadFrequently: true });
    if (!context) throw new Error(`There is no canvas of ${width} × ${height} pixels.`);
    context.fillStyle = 'white';
    context.fillRect(0, 0, width, height);
    await draw(context, canvas);
    return { width, height, rgba: context.getImageData(0, 0, width, height).data };
  } finally {
    canvas.width = 0;
    canvas.height = 0;
  }
}
