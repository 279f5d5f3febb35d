import { type Bytes, bytes, concat } from '../documents/bytes.js';
import { docx, PAGE_BREAK, p, picture, pictureParts } from '../documents/docx.js';
import { pdf } from '../documents/pdf.js';
import type { DocumentRow } from '../documents/table.js';
import { avif, heic } from './avif.js';
import { encoded } from './canvases.js';
import { bmp, gif, latin, png, scannedPdf } from './files.js';
import { cmykJpeg, oriented } from './jpeg.js';
import { type GreyPicture, printed, scanned } from './print.js';

const refused = (reason: string, says = ''): DocumentRow['want'] => ({ reason, says });
const NOTE = { width: 5, height: 1, size: 20 };
const line = 'Please close the door';
/** More words than a caption has. */
const LONG = [...'abcdefghijklmnopqrstu'].join(' ');
const want = { pages: [line] };
const note = (more = {}) => scanned([line], { ...NOTE, ...more });
const dot: GreyPicture = { width: 1, height: 1, light: new Uint8Array(1) };
const sides = (width: number, height = width) => ({ width, height });

/** Pictures that are unusual, huge or broken. */
export const PICTURES: readonly DocumentRow[] = [
  { name: '1 × 1', file: () => png(dot), want: refused('empty', 'no text') },
  { name: '30,000 × 30,000', file: () => png(dot, sides(30_000)), want: refused('too_large', '30000 × 30000') },
  { name: '4,294,967,295 × 1', file: () => png(dot, sides(2 ** 32 - 1, 1)), want: refused('too_large', 'pixels') },
  { name: 'no pixels', file: () => png(dot, sides(0)), want: refused('corrupt', 'no size') },
  { name: 'a PNG of its name only', file: () => bytes('\x89PNG\r\n\x1a\n'), want: refused('corrupt', 'cut short') },
  {
    name: 'a PNG without pixels',
    file: async () => (await png(dot)).slice(0, 33),
    want: refused('corrupt', 'decoded'),
  },
  { name: 'a GIF of 60,000 × 60,000', file: () => gif(dot, { screen: sides(60_000) }), want: refused('too_large') },
  { name: 'a GIF with a frame larger than its screen', file: largeFrame, want: refused('too_large', '60000') },
  { name: 'a GIF of 2,000 frames', file: async () => gif(await note({ dpi: 60 }), { frames: 2000 }), want },
  { name: 'a GIF without frames', file: () => gif(dot, { frames: 0 }), want: refused('corrupt', 'no frame') },
  { name: 'a BMP of 50,000 × 50,000', file: () => sized(bmp(dot), 50_000), want: refused('too_large') },
  { name: 'a JPEG of its name only', file: () => bytes('\xff\xd8\xff\xe0\0\x10JFIF'), want: refused('corrupt', 'cut') },
  { name: 'a JPEG of noise', file: () => bytes('\xff\xd8\xff\x01\x02\x03\x04\x05\x06'), want: refused('corrupt') },
  { name: 'a WebP of its name only', file: () => bytes('RIFF\x1a\0\0\0WEBPVP8L'), want: refused('corrupt', 'cut') },
  { name: 'an AVIF', file: avif, want },
  { name: 'a cut AVIF', file: () => avif().slice(0, 600), want: refused('unsupported', 'image/avif') },
  { name: 'an AVIF of its name only', file: () => bytes('\0\0\0\x20ftypavif'), want: refused('corrupt', 'no size') },
  { name: 'a HEIC', file: () => heic([64, 64], [256, 128]), want: refused('unsupported', 'save it as JPEG') },
  { name: 'a HEIC of 60,000 × 60,000', file: () => heic([64, 64], [6e4, 6e4]), want: refused('too_large', '60000') },
  { name: 'a JPEG in the colours of print', file: async () => cmykJpeg(await note({ dpi: 60 })), want },
  { name: 'a JPEG that is shown mirrored', file: async () => oriented(await photo({ mirrored: true }), 2), want },
  { name: 'a JPEG that is shown turned', file: async () => oriented(await photo({ quarters: 3 }), 6), want },
  { name: 'a DOCX of a scan', file: async () => docx(picture(), pictureParts(await png(await note()))), want },
  {
    name: 'a DOCX of two pages, one of them a scan',
    file: async () => docx(p('One') + PAGE_BREAK + picture(), pictureParts(await png(await note()))),
    want: { pages: ['One', line] },
  },
  {
    name: 'a picture beside text and one that is described, which are not read',
    file: async () =>
      docx(p('One') + picture() + PAGE_BREAK + picture('a door'), pictureParts(await png(await note()))),
    want: { pages: ['One', 'a door'] },
  },
  {
    name: 'a DOCX of a broken picture',
    file: async () => docx(picture(), pictureParts(bytes('\x89PNG\r\n\x1a\n'))),
    want: refused('empty', 'no text'),
  },
  {
    name: 'a DOCX of a large scan with a few words',
    file: async () => docx(p('See below.') + picture('', [6, 7]), pictureParts(await png(await note()))),
    want: { pages: [`${line}\nSee below.`] },
  },
  {
    name: 'a DOCX of a few words with a small picture',
    file: async () => docx(p('See below.') + picture('', [2, 2]), pictureParts(await png(await note()))),
    want: { pages: ['See below.'] },
  },
  {
    name: 'a scan with a stamp as text, which is seen but said once',
    file: () => stamped('Scanned with CamScanner'),
    want: { pages: [`${line}\nScanned with CamScanner`] },
  },
  {
    name: 'a scan whose text is there as well',
    file: () => stamped(line, '3 Tr'),
    want: { pages: [line] },
  },
  {
    name: 'a page of text on a picture of paper',
    file: () => stamped(LONG),
    want: { pages: [LONG] },
  },
  {
    name: 'a few words beside a small picture',
    file: async () => scannedPdf([await note()], 200, { width: 595, height: 842, content: small }),
    want: { pages: ['See below.'] },
  },
  { name: 'words in a pattern', file: () => patterned(0), want },
  { name: 'words in a pattern after fifteen of 3000 × 3000', file: () => patterned(15), want: refused('empty') },
  { name: 'a page 200 inches wide', file: async () => scannedPdf([await note()], 5), want },
  { name: 'a page of a tenth of an inch', file: async () => scannedPdf([dot], 10), want: refused('empty') },
  { name: 'a page whose picture states 100 million pixels', file: largeInPage, want: refused('empty') },
];

const small = 'q 200 0 0 40 72 600 cm /I Do Q BT /F 11 Tf 72 700 Td (See below.) Tj ET';

/** A scan with text at its foot. */
const stamped = async (text: string, mode = '') =>
  scannedPdf([await note({ height: 2 })], 200, {
    content: `q 360 0 0 144 0 0 cm /I Do Q BT ${mode} /F 9 Tf 30 20 Td (${text}) Tj ET`,
  });

/** A page of wide patterns without words, and one that has some. */
function patterned(blank: number): Promise<Bytes> {
  const pattern = (content: string) => {
    const how = '/PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 2000 2000] /XStep 2000 /YStep 2000';
    const resources = '/Resources << /Font << /F 3 0 R >> >>';
    return `<< /Type /Pattern ${how} ${resources} /Length ${content.length} >>\nstream\n${content}\nendstream`;
  };
  const paint = (name: string) => `/Pattern cs /${name} scn 0 0 595 842 re f\n`;
  return pdf({
    pages: [{ content: paint('B').repeat(blank) + paint('W'), resources: '/Pattern << /B 100 0 R /W 101 0 R >>' }],
    objects: { 100: pattern('1 g 0 0 9 9 re f'), 101: pattern(`BT /F 30 Tf 72 600 Td (${line}) Tj ET`) },
  });
}

const photo = async (how: object) => encoded(await printed([line], { ...NOTE, ...how }), 'jpeg');

function largeFrame(): Bytes {
  const file = gif(dot);
  const frame = latin(file).indexOf(',', 13 + 3 * 128);
  file.set([0x60, 0xea, 0x60, 0xea], frame + 5);
  return file;
}

function sized(file: Bytes, side: number): Bytes {
  const view = new DataView(file.buffer);
  for (const at of [18, 22]) view.setUint32(at, side, true);
  return file;
}

async function largeInPage(): Promise<Bytes> {
  const file = latin(await scannedPdf([{ width: 1000, height: 1000, light: new Uint8Array(1_000_000) }]));
  return concat(bytes(file.replaceAll(/\/(Width|Height) 1000/g, '/$1 10000')));
}
