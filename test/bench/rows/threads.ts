import type { Measurement } from '../bench.js';
import { callPage, openPage } from '../browser.js';
import type { ThreadsOptions } from '../page/threads.js';
import { toRow } from '../row.js';
import { labels, texts } from '../text.js';

type Times = Record<'one' | 'two' | 'batchOne' | 'batchTwo', number>;

/** Two threads against one, on a page that may have them. */
export const threads: Measurement = async ({ browser, isolated }) => {
  const page = await openPage(browser, `${isolated.url}/threads.html`);
  const options: ThreadsOptions = { rounds: 9, texts: texts(16, 62), labels: labels(10) };
  const { times, same } = await callPage<{ times: Times; same: boolean }>(page, options);
  await page.close();
  const { one, two, batchOne, batchTwo } = times;
  return [
    toRow({
      name: 'threads-2',
      where: 'Chromium',
      ratio: one / two,
      figures: { one_ms: one, two_ms: two },
      note: same ? 'the same answers' : 'DIFFERENT ANSWERS',
    }),
    toRow({
      name: 'threads-2-batch',
      where: 'Chromium',
      ratio: batchOne / batchTwo,
      figures: { one_ms: batchOne, two_ms: batchTwo },
    }),
  ];
};
