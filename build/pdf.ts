import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'rolldown';

const ROOT = dirname(fileURLToPath(import.meta.resolve('pdfjs-dist/package.json')));
/** What of pdf.js is changed, in which file. It is an error when a piece is not there any more. */
const CHANGES: readonly (readonly [file: RegExp, piece: RegExp, by: string])[] = [
  // One build for pages and Node: it would ask Node for a canvas, and warn that there is none.
  [/build\/pdf\.(worker\.)?mjs$/, /const isNodeJS = typeof process === "object".*;/, 'const isNodeJS = false;'],
  // Made when it is loaded, where Node has no such class until something is drawn.
  [/build\/pdf\.mjs$/, /const SCALE_MATRIX = new DOMMatrix\(\);/, ''],
  [/build\/pdf\.mjs$/, /SCALE_MATRIX\.a = 1 \/ scaleX;/, 'const SCALE_MATRIX = new DOMMatrix(); $&'],
  // Where pictures are is all that is asked of a document that is only read: they are not decoded. See pictures.ts.
  [
    /build\/pdf\.worker\.mjs$/,
    /if \(maxImageSize !== -1 && w \* h > maxImageSize\) \{/,
    'if (maxImageSize === 0) { operatorList.addImageOps(OPS.paintImageXObject, [{}, w, h]); return; } $&',
  ],
  // It would take over the thread that it is loaded in.
  [/build\/pdf\.worker\.mjs$/, /if \(typeof window === "undefined" && !isNodeJS &&/, 'if (false &&'],
  // A stream of a few kilobytes may unpack to gigabytes.
  [
    /build\/pdf\.worker\.mjs$/,
    /let size = this\.minBufferLength;/,
    'if (requested > 67108864) throw new Error("A stream unpacks to more than 64 MB."); $&',
  ],
  [
    /build\/pdf\.worker\.mjs$/,
    /totalLength \+= chunk\.byteLength;/,
    '$& if (totalLength > 67108864) throw new Error("A stream unpacks to more than 64 MB.");',
  ],
  // What came before it is no reason to answer: it may be all that was to be read.
  [
    /build\/pdf\.worker\.mjs$/,
    /if \(this\.options\.ignoreErrors\) \{(?=\s*warn\(`getTextContent - ignoring errors)/,
    'if (this.options.ignoreErrors && !/unpacks to more/.test(reason?.message)) {',
  ],
];

/** Makes pdf.js run in a thread that is not its own. */
export const embedded: Plugin = {
  name: 'embedded-pdf',
  transform(code, id) {
    const changes = CHANGES.filter(([file]) => id.includes('pdfjs-dist') && file.test(id));
    if (changes.length === 0) return undefined;
    return changes.reduce((changed, [, piece, by]) => {
      if (!piece.test(changed)) throw new Error(`pdfjs-dist has changed: look for ${piece} anew.`);
      return changed.replace(piece, by);
    }, code);
  },
};

const folder = (name: string, pattern: RegExp): string[] =>
  readdirSync(join(ROOT, name))
    .filter((file) => pattern.test(file))
    .map((file) => join(ROOT, name, file));

/** What text needs where a font does not say what its characters mean. */
export const charMaps: Plugin = pack('pdf-char-maps.bin', () => folder('cmaps', /\.bcmap$/));

/** What pictures of pages need besides: fonts that a PDF only names, decoders of pictures. */
export const drawing: Plugin = pack('pdf-drawing.bin', () => [
  ...folder('standard_fonts', /\.(pfb|ttf)$/),
  ...folder('wasm', /^(jbig2|openjpeg)\.wasm$/),
]);

/**
 * Puts files into one, which a bundler copies as it is: the length of a list, the list `{name: [start, end]}` as JSON,
 * then the files.
 */
function pack(target: string, listed: () => string[]): Plugin {
  return {
    name: target,
    writeBundle() {
      const list: Record<string, [start: number, end: number]> = {};
      let end = 0;
      const files = listed().map((path) => {
        const content = readFileSync(path);
        const start = end;
        end += content.length;
        list[basename(path)] = [start, end];
        return content;
      });
      const head = Buffer.from(JSON.stringify(list));
      const length = Buffer.alloc(4);
      length.writeUInt32LE(head.length);
      mkdirSync('dist', { recursive: true });
      writeFileSync(join('dist', target), Buffer.concat([length, head, ...files]));
    },
  };
}
