/** A font that a package carries, so that every machine prints alike. */
export const FONT = 'Liberation';
const FILE = 'node_modules/pdfjs-dist/standard_fonts/LiberationSans-Regular.ttf';

/** A canvas as tests draw on it, and what it becomes as a file. */
export interface TestCanvas {
  readonly width: number;
  readonly height: number;
  getContext(kind: '2d'): OffscreenCanvasRenderingContext2D;
}

/** Makes canvases, in a browser and in Node, once the font is there. */
export async function testCanvases(): Promise<(width: number, height: number) => TestCanvas> {
  if (typeof OffscreenCanvas !== 'undefined') {
    document.fonts.add(await new FontFace(FONT, `url(/${FILE})`).load());
    return (width, height) => new OffscreenCanvas(width, height) as TestCanvas & OffscreenCanvas;
  }
  const { createCanvas, GlobalFonts } = await import(/* @vite-ignore */ NODE);
  GlobalFonts.registerFromPath(FILE, FONT);
  return createCanvas;
}

/** Not for bundlers to see. */
const NODE = '@napi-rs/canvas';

/** A canvas as a file. */
export async function encoded(canvas: TestCanvas, type: 'jpeg' | 'webp'): Promise<Uint8Array<ArrayBuffer>> {
  if (typeof OffscreenCanvas !== 'undefined' && canvas instanceof OffscreenCanvas) {
    const blob = await canvas.convertToBlob({ type: `image/${type}` });
    return new Uint8Array(await blob.arrayBuffer());
  }
  const { encode } = canvas as unknown as { encode(type: string): Promise<Uint8Array> };
  return new Uint8Array(await encode.call(canvas, type));
}
