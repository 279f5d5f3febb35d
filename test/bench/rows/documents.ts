import { join } from 'node:path';
import type { Bench, Measurement } from '../bench.js';
import { callPage, openPage } from '../browser.js';
import { openChild } from '../child.js';
import type { PdfTextOptions } from '../page/pdf-text.js';
import type { AnswerTime } from '../pdf/answer.js';
import { type Layout, layouts, pathOf, printPdfs } from '../pdf/print.js';
import { memoryRow, progressRow, type Readings, textRow } from '../pdf/rows.js';
import type { PdfTime } from '../pdf/timer.js';
import type { Row } from '../row.js';

/** Rounds until the compiler's better code is there, and those that count. */
const [WARM, ROUNDS] = [3, 11];
/** The first answer, and ten more. */
const ANSWERS = 11;

/** PDFs of 20 pages: what their text takes to read, how soon there is progress, and whether memory grows. */
export const documents: Measurement = async (bench) => {
  await printPdfs(bench.browser, bench.stage);
  return [...(await texts(bench)), ...(await answers(bench))];
};

async function texts({ browser, plain, stage }: Bench): Promise<Row[]> {
  await using ours = openChild<string, PdfTime>('pdf-ours');
  await using bare = openChild<string, PdfTime>('pdf-bare');
  const inNode = await inTurn({
    ours: (layout) => ours.ask(join(stage, pathOf(layout))),
    bare: (layout) => bare.ask(join(stage, pathOf(layout))),
  });
  const page = await openPage(browser, `${plain.url}/pdf-text.html`);
  const inPage = (by: PdfTextOptions['by']) => (layout: Layout) =>
    callPage<PdfTime>(page, { by, path: `/${pathOf(layout)}` } satisfies PdfTextOptions);
  const inChromium = await inTurn({ ours: inPage('ours'), bare: inPage('bare') });
  await page.close();
  return [textRow('Node', inNode), textRow('Chromium', inChromium)];
}

/** Each document by both, round by round. */
async function inTurn(read: Record<'ours' | 'bare', (layout: Layout) => Promise<PdfTime>>): Promise<Readings[]> {
  const found = layouts.map((layout) => ({ layout, ours: [] as number[], bare: [] as number[] }));
  for (let round = 0; round < WARM + ROUNDS; round++) {
    for (const { layout, ...times } of found) {
      const [ours, bare] = [await read.ours(layout), await read.bare(layout)];
      if (ours.pages !== bare.pages) throw new Error(`Of ${bare.pages} pages of ${layout}, ${ours.pages} were read.`);
      if (round < WARM) continue;
      times.ours.push(ours.ms);
      times.bare.push(bare.ms);
    }
  }
  return found;
}

async function answers({ browser, plain, stage }: Bench): Promise<Row[]> {
  await using child = openChild<string, AnswerTime & { readonly peak: number }>('answer');
  const inNode = await inARow(ANSWERS, () => child.ask(join(stage, pathOf('letters'))));
  const page = await openPage(browser, `${plain.url}/answer.html`);
  const inChromium = await inARow(3, () => callPage<AnswerTime>(page, `/${pathOf('letters')}`));
  await page.close();
  const peaks = inNode.map(({ peak }) => peak);
  return [progressRow('Node', inNode), progressRow('Chromium', inChromium), memoryRow('Node', peaks)];
}

async function inARow<Result>(count: number, run: () => Promise<Result>): Promise<Result[]> {
  const results: Result[] = [];
  while (results.length < count) results.push(await run());
  return results;
}
