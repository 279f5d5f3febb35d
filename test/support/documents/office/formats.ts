import { scannedPdf } from '../../pictures/files.js';
import { scanned } from '../../pictures/print.js';
import type { Bytes } from '../bytes.js';
import { docx, PAGE_BREAK, p, table } from '../docx.js';
import { pdf } from '../pdf.js';
import type { Block, OfficeDocument } from './block.js';
import { layOutOffice, onOneSheet } from './layout.js';

/** What a document may come as, by the ending of its name. */
export const FORMATS: Readonly<Record<string, (document: OfficeDocument) => Promise<Bytes>>> = {
  pdf: (document) => pdf({ pages: layOutOffice(document) }),
  docx: ({ pages }) => docx(pages.map((blocks) => blocks.map(paragraphs).join('')).join(PAGE_BREAK)),
  /** On one sheet, as it comes off a scanner: grainy, and a little askew. */
  'scan.pdf': async (document) => {
    const { pieces, width, height } = onOneSheet(layOutOffice(document));
    const sides = { width: width / 72, height: height / 72 };
    return scannedPdf([await scanned(pieces, { ...sides, dpi: DPI, skew: -0.7, noise: 25 })], DPI);
  },
};

const DPI = 150;

function paragraphs(block: Block): string {
  if ('title' in block) return p(escaped(block.title), '<w:pStyle w:val="Title"/>');
  if ('heading' in block) return p(escaped(block.heading), '<w:pStyle w:val="Heading1"/>');
  if ('text' in block)
    return block.text
      .split('\n')
      .map((line) => p(escaped(line)))
      .join('');
  if ('list' in block) return block.list.map((one) => p(escaped(one), '<w:pStyle w:val="ListBullet"/>')).join('');
  return table(...block.table.map((row) => row.map(escaped)));
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
