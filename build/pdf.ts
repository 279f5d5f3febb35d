import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'rolldown';

const ROOT = dirname(fileURLToPath(import.meta.resolve('pdfjs-dist/package.json')));
/** Named by pdf.js when it is loaded, and missing in Node; text needs none of them. */
const STAND_INS = `for (const name of ['DOMMatrix', 'ImageData', 'Path2D']) globalThis[name] ??= class {};`;

/** What of pdf.js is changed, in which file. It is an error when a piece is not there any more. */
const CHANGES: readonly (readonly [file: RegExp, piece: RegExp, by: string])[] = [
  // One build for pages and Node: it would ask Node for a canvas, and warn that there is none.
  [
    /build\/pdf\.(worker\.)?mjs$/,
    /const isNodeJS = typeof process === "object".*;/,
    `const isNodeJS = false; ${STAND_INS}`,
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

/**
 * Puts the character maps into one file, which a bundler copies as it is: the length of a list, the list
 * `{name: [start, end]}` as JSON, then the maps.
 */
export const charMaps: Plugin = {
  name: 'char-maps',
  writeBundle() {
    const folder = join(ROOT, 'cmaps');
    const names = readdirSync(folder).filter((file) => file.endsWith('.bcmap'));
    const maps = names.map((file) => readFileSync(join(folder, file)));
    const list: Record<string, [start: number, end: number]> = {};
    let end = 0;
    for (const [i, name] of names.entries()) {
      const start = end;
      end += maps[i]?.length ?? 0;
      list[name] = [start, end];
    }
    const head = Buffer.from(JSON.stringify(list));
    const length = Buffer.alloc(4);
    length.writeUInt32LE(head.length);
    mkdirSync('dist', { recursive: true });
    writeFileSync('dist/pdf-char-maps.bin', Buffer.concat([length, head, ...maps]));
  },
};
