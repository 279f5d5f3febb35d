// In the same thread, as the package has it.
import 'pdfjs-dist/legacy/build/pdf.worker.mjs';
import { getDocument, VerbosityLevel } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { PdfTimer } from './timer.js';

/** The options of the package's own reader that pdf.js reads text by. */
const OPTIONS = {
  verbosity: VerbosityLevel.ERRORS,
  isEvalSupported: false,
  useWorkerFetch: false,
  useSystemFonts: true,
  useWasm: false,
  disableFontFace: true,
  fontExtraProperties: false,
  isOffscreenCanvasSupported: false,
  isImageDecoderSupported: false,
};

/** pdf.js alone: the text of each page, as it comes. */
export const readBare: PdfTimer = async (bytes) => {
  // It takes away what it opens.
  const data = bytes.slice();
  const begun = performance.now();
  const task = getDocument({ data, ...OPTIONS });
  const pdf = await task.promise;
  let characters = 0;
  for (let number = 1; number <= pdf.numPages; number++) {
    const page = await pdf.getPage(number);
    const { items } = await page.getTextContent();
    characters += items.map((item) => ('str' in item ? item.str : '')).join('').length;
    page.cleanup();
  }
  const pages = pdf.numPages;
  await task.destroy();
  return { ms: performance.now() - begun, pages, characters };
};
