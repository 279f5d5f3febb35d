import { AnnotationMode, type PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { RenderParameters } from 'pdfjs-dist/types/src/display/api.js';
import { type Canvases, drawn } from '../picture/canvas.js';
import type { Picture } from '../picture/picture.js';
import { type OpenPdf, openPdf, type Packed } from './open.js';

/** What drawing takes besides the file. */
export interface DrawingOptions {
  readonly password: string | undefined;
  readonly canvases: Canvases;
  readonly charMaps: Packed;
  readonly drawing: Packed;
}

/** Dots an inch that scans usually have, and that OCR wants; points are 72 an inch. */
const DPI = 200;
/** Pixels of a page, however wide it is: one of A4 has 3.9 million. */
const MOST = 8_000_000;
/** Pixels of one picture in the file: A3 at 600 dots an inch has 70 million. A larger one is not drawn. */
const MOST_IN_PICTURE = 80_000_000;
/** Pixels of all that a page is put together of, its patterns and groups: four bytes each, and some of them twice. */
const MOST_BESIDE = 128_000_000;

/**
 * Draws the pages of a PDF, which it opens a second time when the first page is drawn: what only reads text loads
 * neither fonts nor decoders.
 */
export class PdfDrawing {
  readonly #bytes: Uint8Array<ArrayBuffer>;
  readonly #options: DrawingOptions;
  /** Pixels of what was drawn on besides the page. */
  #beside = 0;
  #open: Promise<OpenPdf> | undefined;

  constructor(bytes: Uint8Array<ArrayBuffer>, options: DrawingOptions) {
    this.#bytes = bytes;
    this.#options = options;
  }

  /** A picture of a page as it is seen, with or without what was noted on it. */
  async draw(number: number, withNotes: boolean): Promise<Picture> {
    this.#open ??= this.#start();
    const { pdf } = await this.#open;
    const page = await pdf.getPage(number);
    this.#beside = 0;
    try {
      const { width, height } = page.getViewport({ scale: 1 });
      const scale = Math.min(DPI / 72, Math.sqrt(MOST / (width * height)));
      const size = [width, height].map((side) => Math.max(1, Math.floor(side * scale))) as [number, number];
      return await drawn(this.#options.canvases, size, (canvasContext, canvas) =>
        render(page, { canvasContext, canvas, viewport: page.getViewport({ scale }), withNotes }),
      );
    } finally {
      page.cleanup();
    }
  }

  /** Counts all that a page took so far: what a pattern was made of is kept until its memory is collected. */
  #hasRoom(area: number): boolean {
    if (this.#beside + area > MOST_BESIDE) return false;
    this.#beside += area;
    return true;
  }

  async close(): Promise<void> {
    const open = await this.#open?.catch(() => undefined);
    await open?.task.destroy().catch(() => undefined);
  }

  #start(): Promise<OpenPdf> {
    const { password, canvases, charMaps, drawing } = this.#options;
    return openPdf(this.#bytes.slice(), password, {
      packed: { cMapUrl: charMaps, standardFontDataUrl: drawing, wasmUrl: drawing },
      useSystemFonts: false,
      maxImageSize: MOST_IN_PICTURE,
      CanvasFactory: factoryOf(canvases, (area) => this.#hasRoom(area)),
      FilterFactory: NoFilters,
    });
  }
}

async function render(
  page: PDFPageProxy,
  { withNotes, ...what }: { withNotes: boolean } & Record<'canvasContext' | 'canvas' | 'viewport', unknown>,
): Promise<void> {
  const annotationMode = withNotes ? AnnotationMode.ENABLE : AnnotationMode.DISABLE;
  await page.render({ ...what, annotationMode } as unknown as RenderParameters).promise;
}

/** The canvases that pdf.js draws on besides the page's; what there is no `room` for, is drawn on a pixel, and so not seen. */
const factoryOf = (canvases: Canvases, room: (area: number) => boolean) =>
  class {
    create(width: number, height: number) {
      const canvas = room(width * height) ? canvases.create(width, height) : canvases.create(1, 1);
      return { canvas, context: canvas.getContext('2d', { willReadFrequently: true }) };
    }
    reset({ canvas }: { canvas: { width: number; height: number } }, width: number, height: number) {
      canvas.width = width;
      canvas.height = height;
    }
    destroy(one: { canvas: { width: number; height: number } | null; context: unknown }) {
      if (one.canvas) Object.assign(one.canvas, { width: 0, height: 0 });
      one.canvas = null;
      one.context = null;
    }
  };

/** Filters are elements of a page, which a thread has not. */
class NoFilters {
  addFilter = () => 'none';
  addHCMFilter = () => 'none';
  addAlphaFilter = () => 'none';
  addLuminosityFilter = () => 'none';
  addHighlightHCMFilter = () => 'none';
  destroy = () => undefined;
}
