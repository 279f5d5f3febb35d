import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { ClasserError } from '../../contract/errors.js';
import { documentFailure } from '../../contract/file.js';
import { LIMITS } from '../../contract/limits.js';
import type { Part } from '../part.js';
import { tidy } from '../tidy.js';
import { annotationTexts } from './annotations.js';
import { pageFragments } from './fragments.js';
import { layOut } from './layout.js';
import { openPdf, type PdfOptions } from './open.js';

export type { PdfOptions } from './open.js';

/** The pages of a PDF, one at a time. */
export async function* readPdf(bytes: Uint8Array<ArrayBuffer>, options: PdfOptions): AsyncGenerator<Part> {
  const { pdf, task } = await openPdf(bytes, options);
  try {
    const pages = pdf.numPages;
    if (pages > LIMITS.pages) {
      throw documentFailure('too_many_pages', `The PDF has ${pages} pages; send at most ${LIMITS.pages} of them.`);
    }
    if (pages === 0) throw documentFailure('empty', 'The PDF has no pages.');
    const faults: unknown[] = [];
    for (let page = 1; page <= pages; page++) {
      const text = await readPage(pdf, page).catch((fault: unknown) => {
        // What we refuse ourselves stands; a page that pdf.js cannot read costs that page.
        if (ClasserError.is(fault)) throw fault;
        faults.push(fault);
        return '';
      });
      if (faults.length === pages) throw unreadable(faults[0] as Error);
      yield { kind: 'text', page, pages, text };
    }
  } finally {
    await task.destroy().catch(() => undefined);
  }
}

/** See build/pdf.ts for the limit that pdf.js is given. */
function unreadable(fault: Error): ClasserError {
  const reason = fault.message.includes('unpacks to more') ? 'too_large' : 'corrupt';
  return documentFailure(reason, `No page of the PDF can be read (${fault.message}).`, fault);
}

async function readPage(pdf: PDFDocumentProxy, number: number): Promise<string> {
  const page = await pdf.getPage(number);
  try {
    const [text, notes] = await Promise.all([layOutPage(page), annotationTexts(page)]);
    return tidy([text, ...notes].join('\n'));
  } finally {
    page.cleanup();
  }
}

const layOutPage = async (page: PDFPageProxy): Promise<string> => layOut(await pageFragments(page));
