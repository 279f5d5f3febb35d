import type { Bench, Measurement } from '../bench.js';
import { callPage, openPage } from '../browser.js';
import type { LabelsOptions, LabelsTimes } from '../page/labels.js';
import { toRow } from '../row.js';
import { labels as names, texts } from '../text.js';

const ROUNDS = 100;

/** What 200 cached labels cost more than 2. */
export const labels: Measurement = async (bench) => {
  const { two, many } = await timeLabels(bench);
  const figures = { two_ms: two.answer, many_ms: many.answer };
  return [toRow({ name: 'labels-200-vs-2', where: 'Chromium', ratio: many.answer / two.answer, figures })];
};

/** One text of 64 tokens, special tokens included, in a page whose labels were asked about before. */
export async function timeLabels({ browser, plain }: Pick<Bench, 'browser' | 'plain'>): Promise<LabelsTimes> {
  const page = await openPage(browser, `${plain.url}/labels.html`);
  const options: LabelsOptions = { rounds: ROUNDS, texts: texts(10, 62), two: names(2), many: names(200) };
  const times = await callPage<LabelsTimes>(page, options);
  await page.close();
  return times;
}
