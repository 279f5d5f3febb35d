import type { Measurement } from '../bench.js';
import { callPage, openPage } from '../browser.js';
import type { PoolOptions } from '../page/pool.js';
import { toRow } from '../row.js';
import { labels, texts } from '../text.js';

const TEXTS = 512;

/** Two workers against one, on a page whose workers have no threads. */
export const pool: Measurement = async ({ browser, plain }) => {
  const page = await openPage(browser, `${plain.url}/pool.html`);
  const options: PoolOptions = { rounds: 5, texts: texts(TEXTS, 14), labels: labels(10) };
  const { times, same } = await callPage<{ times: Record<'one' | 'two', number>; same: boolean }>(page, options);
  await page.close();
  return [
    toRow({
      name: 'pool-2',
      where: 'Chromium',
      ratio: times.one / times.two,
      figures: { one_ms: times.one, two_ms: times.two },
      note: same ? 'the same answers' : 'DIFFERENT ANSWERS',
    }),
  ];
};
