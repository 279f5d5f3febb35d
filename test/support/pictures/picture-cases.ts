import { expect, test } from 'vitest';
import type { Documents } from '../../../src/documents/documents.js';
import type { Bytes } from '../documents/bytes.js';
import { expectDocument, readPages } from '../documents/expect-document.js';
import { KINDS } from '../documents/kinds.js';
import { encoded } from './canvases.js';
import { characterErrors } from './errors.js';
import { bmp, gif, png, scannedPdf } from './files.js';
import { type Printing, printed, scanned } from './print.js';
import { PICTURES } from './rows.js';

const letter = Object.values(KINDS).flat().slice(0, 40);
const sign = ['Please close', 'the door'];
const SIGN: Printing = { width: 5, height: 2.5, size: 24 };

/** A page of print, and how it lies on the scanner. */
const SCANS: (Printing & { name: string })[] = [
  { name: 'straight and clean' },
  { name: 'askew and grainy', skew: 1.5, noise: 40 },
  { name: 'far askew', skew: -4, noise: 20 },
  { name: 'small print', size: 7, noise: 20 },
  { name: 'very grainy', noise: 75, size: 9 },
  { name: 'upside down', quarters: 2, noise: 20 },
  { name: 'on its side', quarters: 1, noise: 20 },
];

const FORMATS: { name: string; file: () => Promise<Bytes> }[] = [
  { name: 'PNG', file: async () => png(await scanned(sign, SIGN)) },
  { name: 'BMP', file: async () => bmp(await scanned(sign, SIGN)) },
  { name: 'GIF', file: async () => gif(await scanned(sign, SIGN)) },
  { name: 'JPEG', file: async () => encoded(await printed(sign, SIGN), 'jpeg') },
  { name: 'WebP', file: async () => encoded(await printed(sign, SIGN), 'webp') },
];

/** What must be read off pictures, the same everywhere. */
export function pictureCases(documents: Documents): void {
  const first = async (file: Bytes) => (await readPages(documents, file)).pages?.[0];

  test.for(SCANS)('a scan of 200 dots an inch, $name, is read with at most 5 % character errors', async (printing) => {
    const read = await first(await scannedPdf([await scanned(letter, printing)]));
    expect(characterErrors(read ?? '', letter.join(' '))).toBeLessThan(0.05);
  });

  test.for(FORMATS)('$name', async ({ file }) => {
    expect((await first(await file()))?.split(/\s+/)).toEqual(sign.join(' ').split(' '));
  });

  test.for([...PICTURES])('$name', (row) => expectDocument(documents, row));

  test('small letters of a screen', async () => {
    const screen = await scanned(letter.slice(0, 12), { dpi: 96, width: 7, height: 4, size: 10 });
    expect(characterErrors((await first(await png(screen))) ?? '', letter.slice(0, 12).join(' '))).toBeLessThan(0.05);
  });
}
