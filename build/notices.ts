import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'rolldown';

const FILE = 'dist/THIRD-PARTY-NOTICES.txt';
const PACKAGE = /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/;

/** Parts of a package that have a licence of their own. */
const OF_PARTS: Readonly<Record<string, string[]>> = {
  'pdfjs-dist': [
    'cmaps/LICENSE',
    ...['standard_fonts/LICENSE_FOXIT', 'standard_fonts/LICENSE_LIBERATION'],
    ...['JBIG2', 'OPENJPEG', 'PDFJS_JBIG2', 'PDFJS_OPENJPEG'].map((name) => `wasm/LICENSE_${name}`),
  ],
};

/** What a package leaves unsaid. */
const ORIGINS: Readonly<Record<string, string>> = {
  '@tesseract.js-data/eng':
    'Made from tessdata_best of the Tesseract project, Apache License 2.0; see tesseract.js-core for its text.',
};

const folders = new Set<string>();

/** Collects the licences of every package that is bundled or copied into dist; they must travel with it. */
export function notices(...copied: string[]): Plugin {
  return {
    name: 'notices',
    generateBundle(_, bundle) {
      const modules = Object.values(bundle).flatMap((chunk) => (chunk.type === 'chunk' ? chunk.moduleIds : []));
      for (const id of [...modules, ...copied]) {
        const folder = PACKAGE.exec(id)?.[0];
        if (folder) folders.add(folder);
      }
      mkdirSync('dist', { recursive: true });
      writeFileSync(
        FILE,
        [...folders]
          .sort()
          .map(notice)
          .join(`\n${'-'.repeat(80)}\n\n`),
      );
    },
  };
}

function notice(folder: string): string {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const texts = readdirSync(folder)
    .filter((file) => /^(licen[cs]e|notice|third-?party)/i.test(file))
    .concat(OF_PARTS[name] ?? [])
    .map((file) => readFileSync(join(folder, file), 'utf8').trim());
  return `${name} ${version} (${license})\n\n${[...texts, ORIGINS[name] ?? []].flat().join('\n\n')}\n`;
}
