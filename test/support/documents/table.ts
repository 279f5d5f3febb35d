import { type Bytes, bytes, concat, deflate } from './bytes.js';
import { docx, PAGE_BREAK, p, part, relationships, table } from './docx.js';
import { withPassword } from './encrypt.js';
import { assemble, lines, pdf, stream } from './pdf.js';
import { zip } from './zip.js';

/** A file and what must come of it: its pages' texts, or a reason and words of the message. */
export interface DocumentRow {
  readonly name: string;
  readonly file: () => Bytes | Promise<Bytes>;
  readonly password?: string;
  readonly want: { readonly pages: readonly string[] } | { readonly reason: string; readonly says: string };
}

const error = (reason: string, says = ''): DocumentRow['want'] => ({ reason, says });
const hello = lines('Hello from a page.');
const count = (pages: number) => Array.from({ length: pages }, (_, i) => lines(`Page ${i + 1} of ${pages}`));

/** Two columns of prose under a title, drawn line by line across the page. */
const COLUMNS = {
  left: ['The left column comes first and', 'goes on for several lines of', 'text before it ends down here.'],
  right: ['Only then the right column is', 'read, from its first line to the', 'last one at its very bottom.'],
};
const columns = {
  pieces: [
    { text: 'A title that stands over both of the columns on this page', x: 72, y: 790, size: 16 },
    ...COLUMNS.left.flatMap((text, i) => [
      { text, x: 72, y: 740 - 14 * i },
      { text: COLUMNS.right[i] as string, x: 320, y: 740 - 14 * i },
    ]),
  ],
};

const invoice = {
  pieces: [
    ['Item', 'Quantity', 'Price'],
    ['Lamp', '2', '40.00'],
    ['Cable', '10', '15.50'],
    ['Total', '', '55.50'],
  ].flatMap((row, i) => row.map((text, j) => ({ text, x: [72, 300, 450][j] as number, y: 700 - 16 * i }))),
};

const annotated = (entries: string) =>
  pdf({ pages: [{ ...hello, more: '/Annots [100 0 R]' }], objects: { 100: entries } });
const widget = (entries: string) => annotated(`<< /Type /Annot /Subtype /Widget /Rect [9 9 99 30] /F 4 ${entries} >>`);

const PDFS: DocumentRow[] = [
  { name: 'a page', file: () => pdf({ pages: [hello] }), want: { pages: ['Hello from a page.'] } },
  { name: 'two pages', file: () => pdf({ pages: count(2) }), want: { pages: ['Page 1 of 2', 'Page 2 of 2'] } },
  {
    name: '20 pages',
    file: () => pdf({ pages: count(20) }),
    want: { pages: Array.from({ length: 20 }, (_, i) => `Page ${i + 1} of 20`) },
  },
  { name: '21 pages', file: () => pdf({ pages: count(21) }), want: error('too_many_pages', '21 pages') },
  { name: '10,000 pages', file: manyPages, want: error('too_many_pages', '10000 pages') },
  {
    name: 'less than no pages',
    file: async () => replace(await pdf({ pages: [hello] }), /\/Count 1/, '/Count -1'),
    want: error('corrupt', '-1 pages'),
  },
  { name: 'no pages', file: () => pdf({ pages: [] }), want: error('empty') },
  {
    name: 'pages without text in a PDF with a title and bookmarks',
    file: () =>
      pdf({
        pages: [{}, {}],
        catalog: '/Outlines 100 0 R',
        trailer: '/Info 102 0 R',
        objects: {
          100: '<< /Type /Outlines /First 101 0 R /Last 101 0 R /Count 1 >>',
          101: '<< /Title (Terms of payment) /Parent 100 0 R /Dest [4 0 R /Fit] >>',
          102: '<< /Title (Invoice 17) /Producer (a program) >>',
        },
      }),
    want: { pages: ['Invoice 17\nTerms of payment', ''] },
  },
  {
    name: 'a title where a page has text',
    file: () => pdf({ pages: [{}, hello], trailer: '/Info 100 0 R', objects: { 100: '<< /Title (Invoice) >>' } }),
    want: { pages: ['', 'Hello from a page.'] },
  },
  { name: 'a page without text', file: () => pdf({ pages: [{}] }), want: error('empty', 'no text') },
  {
    name: 'a blank page between',
    file: () => pdf({ pages: [hello, {}, hello] }),
    want: { pages: ['Hello from a page.', '', 'Hello from a page.'] },
  },
  {
    name: 'two columns',
    file: () => pdf({ pages: [columns] }),
    want: {
      pages: [
        `A title that stands over both of the columns on this page\n\n${COLUMNS.left.join('\n')}\n\n${COLUMNS.right.join('\n')}`,
      ],
    },
  },
  {
    name: 'a table',
    file: () => pdf({ pages: [invoice] }),
    want: { pages: ['Item Quantity Price\nLamp 2 40.00\nCable 10 15.50\nTotal 55.50'] },
  },
  {
    name: 'broken words',
    file: () => pdf({ pages: [lines('This word is bro-', 'ken in two, this is A-', 'B, and so is this well-')] }),
    want: { pages: ['This word is broken in two, this is A-\nB, and so is this well-'] },
  },
  {
    name: 'paragraphs',
    file: () => pdf({ pages: [{ pieces: [700, 684, 640].map((y, i) => ({ text: `Line ${i + 1}`, x: 72, y })) }] }),
    want: { pages: ['Line 1\nLine 2\n\nLine 3'] },
  },
  {
    name: 'words drawn one by one, last first',
    file: () =>
      pdf({
        pages: [
          {
            pieces: [
              { text: 'world', x: 101, y: 700 },
              { text: 'Hello', x: 72, y: 700 },
            ],
          },
        ],
      }),
    want: { pages: ['Hello world'] },
  },
  {
    name: 'ligatures',
    file: () =>
      pdf({
        pages: [{ content: 'BT /F 11 Tf 72 700 Td (\\001nal o\\002er) Tj ET' }],
        font: '/Subtype /Type1 /BaseFont /Helvetica /Encoding << /Type /Encoding /Differences [1 /fi /ff] >>',
      }),
    want: { pages: ['final offer'] },
  },
  {
    name: 'a rotated page',
    file: () => pdf({ pages: [{ ...lines('First line', 'Second line'), more: '/Rotate 180' }] }),
    want: { pages: ['First line Second line'] },
  },
  {
    name: 'text up the margin',
    file: () =>
      pdf({
        pages: [{ content: 'BT /F 11 Tf 0 1 -1 0 30 300 Tm (margin) Tj ET BT /F 11 Tf 72 700 Td (body) Tj ET' }],
      }),
    want: { pages: ['body\n\nmargin'] },
  },
  {
    name: '200 inches wide',
    file: () => pdf({ pages: [{ ...hello, width: 14_400, height: 14_400 }] }),
    want: { pages: ['Hello from a page.'] },
  },
  {
    name: 'JavaScript',
    file: () =>
      pdf({ pages: [hello], catalog: '/OpenAction << /S /JavaScript /JS (while \\(true\\) app.alert\\(1\\)) >>' }),
    want: { pages: ['Hello from a page.'] },
  },
  {
    name: 'a form',
    file: () => widget('/FT /Tx /T (iban) /TU (Account) /V (DE12 3456)'),
    want: { pages: ['Hello from a page.\nAccount: DE12 3456'] },
  },
  {
    name: 'a field that is not filled in',
    file: () => widget('/FT /Tx /T (Name)'),
    want: { pages: ['Hello from a page.\nName'] },
  },
  {
    name: 'a hidden field',
    file: () => widget('/F 2 /FT /Tx /T (Name) /V (x)').then((file) => replace(file, /\/F 4 \/F 2/, '/F 2')),
    want: { pages: ['Hello from a page.'] },
  },
  {
    name: 'a note',
    file: () => annotated('<< /Type /Annot /Subtype /Text /Rect [9 9 29 29] /Contents (Please check) >>'),
    want: { pages: ['Hello from a page.\nPlease check'] },
  },
  {
    name: 'what a link says of itself',
    file: () =>
      annotated(
        '<< /Type /Annot /Subtype /Link /Rect [9 9 29 29] /Contents (To the bill) /A << /S /URI /URI (x) >> >>',
      ),
    want: { pages: ['Hello from a page.\nTo the bill'] },
  },
  {
    name: 'packed text',
    file: async () => {
      const packed = await deflate(bytes('BT /F 11 Tf 72 700 Td (packed) Tj ET'), 'deflate');
      return assemble(onePage(stream('/Filter /FlateDecode', packed)));
    },
    want: { pages: ['packed'] },
  },
  {
    name: 'a stream that unpacks to 70 MB before it says anything',
    file: async () => {
      const content = concat(new Uint8Array(70_000_000).fill(32), bytes('BT /F 11 Tf 72 700 Td (late) Tj ET'));
      return assemble(onePage(stream('/Filter /FlateDecode', await deflate(content, 'deflate'))));
    },
    want: error('too_large', '64 MB'),
  },
  {
    name: 'a page of more pieces of text than anybody waits for',
    file: async () => {
      const content = bytes('BT /F 9 Tf 72 700 Td (so) Tj ET '.repeat(110_000));
      return assemble(onePage(stream('/Filter /FlateDecode', await deflate(content, 'deflate'))));
    },
    want: error('too_large', '100000 pieces'),
  },
  {
    name: 'a stream that unpacks to 70 MB after it said something',
    file: async () => {
      const content = concat(bytes('BT /F 11 Tf 72 700 Td (soon) Tj ET\n%'), new Uint8Array(70_000_000).fill(120));
      return assemble(onePage(stream('/Filter /FlateDecode', await deflate(content, 'deflate'))));
    },
    want: error('too_large', '64 MB'),
  },
  {
    name: 'Japanese by a map of the package',
    file: () =>
      pdf({
        pages: [{ content: 'BT /F 11 Tf 72 700 Td <93fa967b8cea> Tj ET' }],
        font: '/Subtype /Type0 /BaseFont /Ryumin-Light /Encoding /90ms-RKSJ-H /DescendantFonts [100 0 R]',
        objects: {
          100: '<< /Type /Font /Subtype /CIDFontType0 /BaseFont /Ryumin-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (Japan1) /Supplement 2 >> /FontDescriptor 101 0 R >>',
          101: '<< /Type /FontDescriptor /FontName /Ryumin-Light /Flags 4 /FontBBox [0 0 1000 1000] /ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 >>',
        },
      }),
    want: { pages: ['日本語'] },
  },
  { name: 'no password', file: locked, want: error('encrypted', 'send its password') },
  { name: 'the wrong password', file: locked, password: 'sesam', want: error('encrypted', 'not right') },
  { name: 'the password', file: locked, password: 'sesame', want: { pages: ['Hello from a page.'] } },
  {
    name: 'a password too many',
    file: () => pdf({ pages: [hello] }),
    password: 'x',
    want: { pages: ['Hello from a page.'] },
  },
  {
    name: 'a table of places that is elsewhere',
    file: async () => replace(await pdf({ pages: [hello] }), /startxref\n\d+/, 'startxref\n1'),
    want: { pages: ['Hello from a page.'] },
  },
  {
    name: 'cut in its first object',
    file: async () => (await pdf({ pages: [hello] })).slice(0, 30),
    want: error('corrupt'),
  },
  { name: 'a name and nothing more', file: () => bytes('%PDF-1.7\n'), want: error('corrupt') },
  { name: 'noise after the name', file: () => concat(bytes('%PDF-1.7\n'), noise(5000)), want: error('corrupt') },
  {
    name: 'bytes before the name',
    file: async () => concat(bytes('\r\n\r\nX'), await pdf({ pages: [hello] })),
    want: { pages: ['Hello from a page.'] },
  },
  { name: 'pages that are their own children', file: loop, want: error('corrupt') },
];

const OLD_WORD = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
const wide = (text: string) => bytes([...text].map((char) => `${char}\0`).join(''));

const STRANGERS: DocumentRow[] = [
  { name: 'nothing', file: () => new Uint8Array(), want: error('empty', 'no bytes') },
  {
    name: 'a JPEG after a line of something else',
    file: () => bytes('boundary--1\r\n\xff\xd8\xff\xe0\0\x10JFIF'),
    want: error('corrupt', 'after 13 bytes'),
  },
  { name: 'text', file: () => bytes('Dear Sir or Madam,'), want: error('unsupported', 'neither PDF nor DOCX') },
  { name: 'HTML', file: () => bytes('<!-- x -->\n<!DOCTYPE html><p>hi'), want: error('unsupported', 'HTML') },
  { name: 'SVG', file: () => bytes('<?xml version="1.0"?>\n<svg xmlns="x"/>'), want: error('unsupported', 'SVG') },
  {
    name: 'SVG with a comment before it',
    file: () =>
      bytes('<?xml version="1.0"?>\n<!-- Drawn by hand: a -> b -->\n<!DOCTYPE svg PUBLIC "x" "y">\n<svg xmlns="x"/>'),
    want: error('unsupported', 'SVG'),
  },
  { name: 'XML', file: () => bytes('<?xml version="1.0"?><a/>'), want: error('unsupported', 'XML') },
  {
    name: 'XML with many comments before it',
    file: () => bytes(`<?xml version="1.0"?>${'<!---->'.repeat(100)}<a/>`),
    want: error('unsupported', 'XML'),
  },
  { name: 'RTF', file: () => bytes('{\\rtf1 hi}'), want: error('unsupported', 'RTF') },
  { name: 'PostScript', file: () => bytes('%!PS-Adobe-3.0\n'), want: error('unsupported', 'PostScript') },
  { name: 'gzip', file: () => bytes('\x1f\x8b\x08\0'), want: error('unsupported', 'gzip') },
  {
    name: 'an old Word file',
    file: () => concat(Uint8Array.from(OLD_WORD), new Uint8Array(600)),
    want: error('unsupported', 'before 2007'),
  },
  {
    name: 'an encrypted DOCX',
    file: () => concat(Uint8Array.from(OLD_WORD), new Uint8Array(600), wide('EncryptedPackage')),
    want: error('encrypted', 'without a password'),
  },
  { name: 'a zip', file: () => zip({ 'a.txt': 'hi' }), want: error('unsupported', 'a zip archive') },
  { name: 'an empty zip', file: () => zip({}), want: error('unsupported', 'a zip archive') },
  {
    name: 'ODT',
    file: () => zip({ mimetype: 'x', 'content.xml': '<a/>' }),
    want: error('unsupported', 'OpenDocument'),
  },
  {
    name: 'XLSX',
    file: () => zip({ '_rels/.rels': 'x', 'xl/workbook.xml': 'x' }),
    want: error('unsupported', 'Excel'),
  },
  {
    name: 'PPTX',
    file: () => zip({ '_rels/.rels': 'x', 'ppt/presentation.xml': 'x' }),
    want: error('unsupported', 'PowerPoint'),
  },
];

const numbered = (level: number) => `<w:numPr><w:ilvl w:val="${level}"/><w:numId w:val="1"/></w:numPr>`;
const numbering = part(
  'numbering',
  `<w:abstractNum w:abstractNumId="0">${[0, 1].map((level) => `<w:lvl w:ilvl="${level}"><w:numFmt w:val="bullet"/></w:lvl>`).join('')}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>`,
);
const bomb = (size: number) => docx('', { 'word/document.xml': new Uint8Array(size).fill(32) });

const DOCXS: DocumentRow[] = [
  {
    name: 'paragraphs of a DOCX',
    file: () => docx(p('One.') + p('Two &amp; three.')),
    want: { pages: ['One.\nTwo & three.'] },
  },
  {
    name: 'headings and lists',
    file: () =>
      docx(p('Title', '<w:pStyle w:val="Heading1"/>') + p('first', numbered(0)) + p('deeper', numbered(1)), {
        'word/numbering.xml': numbering,
        'word/_rels/document.xml.rels': relationships({ numbering: 'numbering.xml' }),
      }),
    want: { pages: ['Title\n- first\n- deeper'] },
  },
  {
    name: 'a table of a DOCX',
    file: () => docx(table(['Item', 'Price'], ['Lamp', '40'], ['', '']) + p('After')),
    want: { pages: ['Item | Price\nLamp | 40\nAfter'] },
  },
  {
    name: 'a footnote',
    file: () =>
      docx(`<w:p><w:r><w:t>Claim</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>${p('Next')}`, {
        'word/footnotes.xml': part('footnotes', `<w:footnote w:id="2">${p('Proof')}</w:footnote>`),
        'word/_rels/document.xml.rels': relationships({ footnotes: 'footnotes.xml' }),
      }),
    want: { pages: ['Claim\n[Proof]\nNext'] },
  },
  {
    name: 'header and footer',
    file: () =>
      docx(p('Body'), {
        'word/header1.xml': part('hdr', p('ACME Ltd')),
        'word/header2.xml': part('hdr', p('ACME Ltd')),
        'word/footer1.xml': part('ftr', p('Confidential') + p('7')),
      }),
    want: { pages: ['ACME Ltd\nBody\nConfidential'] },
  },
  { name: 'page breaks', file: () => docx(p('One') + PAGE_BREAK + p('Two')), want: { pages: ['One', 'Two'] } },
  {
    name: '21 pages of a DOCX',
    file: () => docx((p('x') + PAGE_BREAK).repeat(20) + p('x')),
    want: error('too_many_pages', '21 pages'),
  },
  {
    name: 'a text for 21 pages',
    file: () => docx(p('word '.repeat(20_400))),
    want: error('too_many_pages', '21 pages'),
  },
  {
    name: 'a DOCX that says only what it is about',
    file: () =>
      docx(p(''), {
        'docProps/core.xml':
          '<c:coreProperties xmlns:c="c" xmlns:d="d"><d:title>Invoice</d:title><d:creator>Ann</d:creator><c:keywords>lamps</c:keywords></c:coreProperties>',
      }),
    want: { pages: ['Invoice\nlamps'] },
  },
  {
    name: 'an empty DOCX that is described by the program that made it',
    file: () =>
      docx(p(''), {
        'docProps/core.xml':
          '<c:coreProperties xmlns:c="c" xmlns:d="d"><d:title/><d:description>generated by python-docx</d:description><c:category>x</c:category></c:coreProperties>',
      }),
    want: error('empty', 'no text'),
  },
  { name: 'an empty DOCX', file: () => docx(p('')), want: error('empty', 'no text') },
  {
    name: 'deleted text and fields',
    file: () =>
      docx(`<w:p><w:del><w:r><w:delText>gone</w:delText></w:r></w:del><w:ins><w:r><w:t>new</w:t></w:r></w:ins></w:p>`),
    want: { pages: ['new'] },
  },
  {
    name: 'a macro file',
    file: () => docx(p('Text'), { 'word/vbaProject.bin': 'Sub AutoOpen()' }),
    want: { pages: ['Text'] },
  },
  {
    name: 'a missing part',
    file: () => docx('', { 'word/document.xml': undefined, 'word/styles.xml': '<a/>' }),
    want: error('corrupt', 'main document'),
  },
  {
    name: 'XML that ends too soon',
    file: () => docx('', { 'word/document.xml': '<w:document xmlns:w="x"><w:body>' }),
    want: error('corrupt'),
  },
  {
    name: 'an external entity',
    file: () => docx('', { 'word/document.xml': '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>' }),
    want: error('unsupported', 'entities'),
  },
  {
    name: 'an entity in UTF-16',
    file: () =>
      docx('', {
        'word/document.xml': concat(Uint8Array.from([0xff, 0xfe]), wide('<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>')),
      }),
    want: error('unsupported', 'entities'),
  },
  { name: 'a zip bomb', file: () => bomb(101_000_000), want: error('too_large', 'unpacks') },
  { name: 'a part of 21 MB', file: () => bomb(21_000_000), want: error('too_large', 'document.xml') },
  { name: '500,000 elements', file: () => docx('<w:p/>'.repeat(500_000)), want: error('too_large', 'elements') },
  {
    name: '500,000 attributes',
    file: () => docx(`<w:p ${Array.from({ length: 500_000 }, (_, i) => `a${i}=""`).join(' ')}/>`),
    want: error('too_large', 'attributes'),
  },
  {
    name: 'elements 100,000 deep',
    file: () => docx('<w:ins>'.repeat(100_000) + '</w:ins>'.repeat(100_000)),
    want: error('corrupt', 'nested too deeply'),
  },
  {
    name: 'tables 30,000 deep',
    file: () => docx('<w:tbl><w:tr><w:tc>'.repeat(30_000) + '</w:tc></w:tr></w:tbl>'.repeat(30_000)),
    want: error('corrupt', 'nested too deeply'),
  },
  {
    name: 'zeros in the place of the text',
    file: () => docx('', { 'word/document.xml': new Uint8Array(500) }),
    want: error('corrupt', 'document.xml of the DOCX is no XML'),
  },
  {
    name: 'a part with a password',
    file: () => docx('', { 'word/document.xml': { content: bytes('x'), flags: 1 } }),
    want: error('encrypted', 'password'),
  },
  {
    name: 'a part packed unusually',
    file: () => docx('', { 'word/document.xml': { content: bytes('x'), method: 12 } }),
    want: error('unsupported', '12'),
  },
  {
    name: 'a part of noise',
    file: () => docx('', { 'word/document.xml': { content: bytes('x'), packed: noise(500) } }),
    want: error('corrupt', 'document.xml'),
  },
  { name: 'a DOCX cut short', file: async () => (await docx(p('One'))).slice(0, -40), want: error('corrupt', 'cut') },
  {
    name: 'bytes before a DOCX',
    file: async () => concat(bytes('PK\x03\x04'), await docx(p('One'))),
    want: { pages: ['One'] },
  },
];

export const DOCUMENTS: readonly DocumentRow[] = [...PDFS, ...STRANGERS, ...DOCXS];

async function locked(): Promise<Bytes> {
  return pdf({ pages: [hello], cipher: await withPassword('sesame') });
}

/** A page whose content is this object. */
function onePage(content: Bytes): Map<number, Bytes> {
  const font = '/Resources << /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>';
  return new Map([
    [1, bytes('<< /Type /Catalog /Pages 2 0 R >>')],
    [2, bytes('<< /Type /Pages /Kids [3 0 R] /Count 1 >>')],
    [3, bytes(`<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] ${font} /Contents 4 0 R >>`)],
    [4, content],
  ]);
}

/** One page, 10,000 times. */
function manyPages(): Bytes {
  const objects = onePage(stream('', bytes('')));
  objects.set(2, bytes(`<< /Type /Pages /Kids [${'3 0 R '.repeat(10_000)}] /Count 10000 >>`));
  return assemble(objects);
}

function loop(): Bytes {
  return assemble(
    new Map([
      [1, bytes('<< /Type /Catalog /Pages 2 0 R >>')],
      [2, bytes('<< /Type /Pages /Parent 2 0 R /Kids [2 0 R] /Count 1 >>')],
    ]),
  );
}

/** Bytes without a pattern, the same each time (a linear congruential generator). */
function noise(length: number): Bytes {
  let state = 1;
  return Uint8Array.from({ length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state >>> 24;
  });
}

const latin = (file: Bytes): string => Array.from(file, (byte) => String.fromCharCode(byte)).join('');
const replace = (file: Bytes, from: RegExp, to: string): Bytes => bytes(latin(file).replace(from, to));
