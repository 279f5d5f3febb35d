import type { Readers } from '../../../src/documents/read.js';
import type { PdfTimer } from './timer.js';

const unwanted = () => Promise.reject(new Error('These documents need no such file.'));

/** Reads the text of a PDF with the module at an address, the package's own; nothing is drawn. */
export async function openOurs(address: string): Promise<PdfTimer> {
  const { readPdf }: Awaited<ReturnType<Readers['pdf']>> = await import(address);
  const options = { password: undefined, charMaps: unwanted, drawing: unwanted, canvases: async () => undefined };
  return async (bytes) => {
    const begun = performance.now();
    let [pages, characters] = [0, 0];
    for await (const { text } of readPdf(bytes, options)) {
      pages++;
      characters += text.length;
    }
    return { ms: performance.now() - begun, pages, characters };
  };
}
