import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { ClasserError } from '../../contract/errors.js';
import { documentFailure } from '../../contract/file.js';
import { LIMITS } from '../../contract/limits.js';
import { median } from '../median.js';
import type { Part } from '../part.js';
import type { Canvases } from '../picture/canvas.js';
import type { Sheet } from '../sheet.js';
import { isMostlyPicture, isSparse } from '../sparse.js';
import { tidy } from '../tidy.js';
import { aboutPdf, isBySlideProgram } from './about.js';
import { annotationTexts } from './annotations.js';
import { PdfDrawing } from './draw.js';
import { type Fragment, pageFragments } from './fragments.js';
import { layOut } from './layout.js';
import { openPdf, type Packed } from './open.js';
import { pictureShare } from './pictures.js';

/** What reading a PDF takes besides its bytes. */
export interface PdfOptions {
  readonly password: string | undefined;
  /** The character maps, wanted by few files. */
  readonly charMaps: Packed;
  /** Fonts and decoders, wanted when a page is drawn. */
  readonly drawing: Packed;
  /** What draws; undefined where nothing does, and pages are then read for their text only. */
  canvases(): Promise<Canvases | undefined>;
}

/** The pages of a PDF, one at a time. */
export async function* readPdf(bytes: Uint8Array<ArrayBuffer>, options: PdfOptions): AsyncGenerator<Part> {
  const { password, charMaps } = options;
  // What is opened is taken away from us, and may be wanted again to draw.
  const settings = { useSystemFonts: true, useWasm: false, maxImageSize: 0, packed: { cMapUrl: charMaps } };
  const { pdf, task } = await openPdf(bytes.slice(), password, settings);
  let drawing: PdfDrawing | undefined;
  try {
    const pages = pdf.numPages;
    if (pages > LIMITS.pages) {
      throw documentFailure('too_many_pages', `The PDF has ${pages} pages; send at most ${LIMITS.pages} of them.`);
    }
    if (pages < 0) {
      const message = `The PDF is broken (it says that it has ${pages} pages); open it in a viewer and save it anew.`;
      throw documentFailure('corrupt', message);
    }
    if (pages === 0) throw documentFailure('empty', 'The PDF has no pages.');
    const bySlideProgram = await isBySlideProgram(pdf);
    const faults: unknown[] = [];
    for (let page = 1; page <= pages; page++) {
      const { text, notes, look, sheet } = await readPage(pdf, page).catch((fault: unknown) => {
        // What we refuse ourselves stands; a page that pdf.js cannot read costs that page.
        if (ClasserError.is(fault)) throw fault;
        faults.push(fault);
        return { text: '', notes: '', look: false, sheet: undefined };
      });
      if (faults.length === pages) throw unreadable(faults[0] as Error);
      const canvas = look ? await options.canvases() : undefined;
      if (canvas) drawing ??= new PdfDrawing(bytes, { ...options, canvases: canvas });
      const draw = () => (drawing as PdfDrawing).draw(page, notes === '');
      const where = { page, pages, sheet: sheet && { ...sheet, bySlideProgram }, about: () => aboutPdf(pdf) };
      const own = [text, notes].filter(Boolean).join('\n');
      if (canvas) yield { ...where, kind: 'picture', text: own, draws: [draw] };
      else yield { ...where, kind: 'text', text: own };
    }
  } finally {
    await Promise.all([task.destroy().catch(() => undefined), drawing?.close()]);
  }
}

/** See build/pdf.ts for the limit that pdf.js is given. */
function unreadable(fault: Error): ClasserError {
  const reason = fault.message.includes('unpacks to more') ? 'too_large' : 'corrupt';
  return documentFailure(reason, `No page of the PDF can be read (${fault.message}).`, fault);
}

interface Page {
  readonly text: string;
  /** What was written onto it. */
  readonly notes: string;
  /** Whether it has to be looked at, as its text does not say what is on it. */
  readonly look: boolean;
  readonly sheet: Sheet;
}

async function readPage(pdf: PDFDocumentProxy, number: number): Promise<Page> {
  const page = await pdf.getPage(number);
  try {
    const [fragments, notes] = await Promise.all([pageFragments(page), annotationTexts(page)]);
    const text = tidy(layOut(fragments));
    const look = text === '' || (isSparse(text) && isMostlyPicture(await pictureShare(page).catch(() => 0)));
    return { text, notes: tidy(notes.join('\n')), look, sheet: sheetOf(page, fragments) };
  } finally {
    page.cleanup();
  }
}

function sheetOf(page: PDFPageProxy, fragments: readonly Fragment[]): Sheet {
  const { width, height } = page.getViewport({ scale: 1 });
  const sizes = fragments.filter(({ text }) => text.trim() !== '').map(({ size }) => size);
  return { width, height, letters: sizes.length > 0 ? median(sizes) : undefined };
}
