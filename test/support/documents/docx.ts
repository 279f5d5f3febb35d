import type { Bytes } from './bytes.js';
import { type Member, zip } from './zip.js';

const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
const R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

/** A DOCX with this body; `more` adds parts or puts others in their place, and undefined takes one away. */
export function docx(body: string, more: Readonly<Record<string, Member | undefined>> = {}): Promise<Bytes> {
  const parts: Record<string, Member | undefined> = {
    '[Content_Types].xml': `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>`,
    '_rels/.rels': relationships({ officeDocument: 'word/document.xml' }),
    'word/document.xml': `${HEAD}<w:document ${W} ${R}><w:body>${body}</w:body></w:document>`,
    ...more,
  };
  return zip(Object.fromEntries(Object.entries(parts).filter((one): one is [string, Member] => one[1] !== undefined)));
}

/** A part of relationships: a target by type, with the type as its id. */
export const relationships = (targets: Readonly<Record<string, string>>): string =>
  `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${Object.entries(targets)
    .map(([type, target]) => `<Relationship Id="${type}" Type="${OFFICE}/${type}" Target="${target}"/>`)
    .join('')}</Relationships>`;

/** A paragraph of one run. */
export const p = (text: string, properties = ''): string =>
  `<w:p>${properties && `<w:pPr>${properties}</w:pPr>`}<w:r><w:t xml:space="preserve">${text}</w:t></w:r></w:p>`;

/** A part of another kind with paragraphs: header, footer, footnotes. */
export const part = (name: string, content: string): string => `${HEAD}<w:${name} ${W}>${content}</w:${name}>`;

const A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"';
const PIC = 'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"';
const WP = 'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"';

/** A paragraph with the picture that is related as `image`, what its author says that it shows, and its sides in inches. */
export const picture = (shows = '', [width, height] = [0, 0]): string =>
  `<w:p><w:r><w:drawing><wp:inline ${WP}><wp:extent cx="${914_400 * width}" cy="${914_400 * height}"/><wp:docPr id="1" name="" descr="${shows}"/><a:graphic ${A}><a:graphicData><pic:pic ${PIC}><pic:blipFill><a:blip r:embed="image"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>`;

/** The parts that a picture of a DOCX takes. */
export const pictureParts = (content: Bytes): Record<string, Member> => ({
  'word/media/image1.png': content,
  'word/_rels/document.xml.rels': relationships({ image: 'media/image1.png' }),
});

export const PAGE_BREAK = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>';

export const table = (...rows: readonly (readonly string[])[]): string =>
  `<w:tbl>${rows.map((row) => `<w:tr>${row.map((cell) => `<w:tc>${p(cell)}</w:tc>`).join('')}</w:tr>`).join('')}</w:tbl>`;
