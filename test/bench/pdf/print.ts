import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from '../browser.js';
import { longText } from '../text.js';

/** As many as a file may have. */
const PAGES = 20;

/** So many tokens; a full page has about 450. */
const paragraph = (tokens: number): string => `<p>${longText(tokens)}</p>`;
const row = (cells: readonly string[]): string => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
const amounts = (page: number): string => {
  const rows = Array.from({ length: 30 }, (_, i) =>
    row([`${page}.${i}`, `Lamp number ${i}`, `${i + 1}`, `${9 * i}.50`]),
  );
  return `<table>${rows.join('')}</table>`;
};

const LAYOUTS = {
  letters: () => paragraph(150),
  prose: () => paragraph(450),
  columns: () => `<div style="columns: 2">${paragraph(450)}</div>`,
  tables: amounts,
} satisfies Record<string, (page: number) => string>;

/** What is on the pages of a document. */
export type Layout = keyof typeof LAYOUTS;
export const layouts = Object.keys(LAYOUTS) as Layout[];

/** Where a document lies in a stage. */
export const pathOf = (layout: Layout): string => `documents/${layout}.pdf`;

/** Prints a document of each layout into a stage, as a browser does: with its fonts in it, compressed. */
export async function printPdfs({ context }: Browser, stage: string): Promise<void> {
  mkdirSync(join(stage, 'documents'), { recursive: true });
  const page = await context.newPage();
  for (const layout of layouts) {
    const sections = Array.from(
      { length: PAGES },
      (_, i) => `<section><h2>Part ${i + 1}</h2>${LAYOUTS[layout](i)}</section>`,
    );
    await page.setContent(`<style>section + section { break-before: page }</style>${sections.join('')}`);
    writeFileSync(join(stage, pathOf(layout)), await page.pdf({ format: 'A4' }));
  }
  await page.close();
}
