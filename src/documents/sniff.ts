import { latin } from '../contract/bytes.js';
import { documentFailure } from '../contract/file.js';
import type { PictureType } from './picture/size.js';

/** What a file is by its content. A zip may be a DOCX: its directory tells. */
export type Format = 'pdf' | 'zip' | PictureType;

/** Bytes in which a PDF may have other things before it. */
const HEAD = 1024;
const LIKES = 'a PDF, a DOCX or a picture (PNG, JPEG, WebP, AVIF, GIF, BMP) is needed';

/** Pictures, by bytes at a place; two of them need others besides. */
const PICTURES: readonly (readonly [at: number, bytes: string, type: PictureType, start: string])[] = [
  [0, '\x89PNG\r\n\x1a\n', 'image/png', ''],
  [0, '\xff\xd8\xff', 'image/jpeg', ''],
  [0, 'GIF8', 'image/gif', ''],
  [8, 'WEBP', 'image/webp', 'RIFF'],
  [6, '\0\0\0\0', 'image/bmp', 'BM'],
  [4, 'ftypavi', 'image/avif', ''],
  [4, 'ftyphe', 'image/heic', ''],
  [4, 'ftypmif1', 'image/heic', ''],
];

/** Pictures that begin so that it is seen anywhere; decoders take them from their first byte only. */
const LATE = ['\x89PNG\r\n\x1a\n', '\xff\xd8\xff'];

/** What is nothing that is read here, by bytes at a place. */
const MAGIC: readonly (readonly [at: number, bytes: string, name: string])[] = [
  [0, 'II*\0', 'a TIFF picture'],
  [0, 'MM\0*', 'a TIFF picture'],
  [0, '{\\rtf', 'an RTF file'],
  [0, '\x1f\x8b', 'a gzip archive'],
  [0, '7z\xbc\xaf', 'a 7z archive'],
  [0, 'Rar!', 'a RAR archive'],
];

/**
 * The same for text, which may begin with a byte order mark, white space and comments. A comment ends in one place only:
 * with any end to choose from, many comments would be tried in all ways.
 */
const MARKUP: readonly (readonly [start: RegExp, name: string])[] = [
  [/^(<!--((?!-->).)*-->|<[?!]\w[^>]*>|\s)*<svg[\s>]/is, 'an SVG drawing'],
  [/^<(!doctype html|html|head|body)[\s>]/i, 'an HTML page'],
  [/^<\?xml\s/i, 'an XML file'],
];

/** The format of a file, or a refusal with the name of what it is instead. */
export function sniff(bytes: Uint8Array): Format {
  if (bytes.length === 0) throw documentFailure('empty', `The file has no bytes; ${LIKES}.`);
  const head = latin(bytes.subarray(0, HEAD + 4));
  if (ZIPS.some((start) => head.startsWith(start))) return 'zip';
  if (head.startsWith('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1')) throw compound(bytes);
  const picture = PICTURES.find(([at, bytes, , start]) => head.startsWith(bytes, at) && head.startsWith(start));
  if (picture) return picture[2];
  const stranger = strange(head);
  if (stranger) throw documentFailure('unsupported', `The file is ${stranger}; ${LIKES}.`);
  // Written so by the makers of PDF: anywhere in the first kilobyte.
  if (/%PDF-|%!PS-Adobe-\d\.\d PDF-/.test(head)) return 'pdf';
  if (head.startsWith('%!PS')) throw documentFailure('unsupported', `The file is PostScript; ${LIKES}.`);
  const late = LATE.map((start) => head.indexOf(start)).find((at) => at > 0);
  if (late !== undefined) {
    const message = `A picture begins only after ${late} bytes of something else; cut them off, or get the file again.`;
    throw documentFailure('corrupt', message);
  }
  throw documentFailure('unsupported', `The file is neither PDF nor DOCX, and no picture; ${LIKES}.`);
}

/** With files in it, and without. */
const ZIPS = ['PK\x03\x04', 'PK\x05\x06'];

function strange(head: string): string | undefined {
  const magic = MAGIC.find(([at, bytes]) => head.startsWith(bytes, at));
  const text = head.replace(/^(\xef\xbb\xbf)?(<!--.*?-->|\s)*/s, '');
  return magic?.[2] ?? MARKUP.find(([start]) => start.test(text))?.[1];
}

/** Microsoft's older container: an encrypted DOCX, or a document of before 2007. */
function compound(bytes: Uint8Array): Error {
  const utf16 = latin(bytes.subarray(0, 1_000_000)).includes([...'EncryptedPackage'].join('\0'));
  if (utf16) return documentFailure('encrypted', 'The DOCX is encrypted; save it without a password.');
  return documentFailure(
    'unsupported',
    'The file is a Word, Excel or PowerPoint file of before 2007; save it as DOCX or PDF.',
  );
}
