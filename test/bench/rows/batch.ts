import type { Measurement } from '../bench.js';
import { callPage, openPage } from '../browser.js';
import type { BatchOptions, BatchTimes } from '../page/batch.js';
import { toRow } from '../row.js';
import { labels, texts } from '../text.js';

const TEXTS = 1000;
const SAMPLED = 20;

/** A batch of short texts against a forward pass for each text and label. */
export const batch: Measurement = async ({ browser, plain }) => {
  const page = await openPage(browser, `${plain.url}/batch.html`);
  const options: BatchOptions = { texts: texts(TEXTS, 14), labels: labels(77), sampled: SAMPLED };
  const { ours, peer } = await callPage<BatchTimes>(page, options);
  await page.close();
  const whole = (peer / SAMPLED) * TEXTS;
  return [
    toRow({
      name: 'batch-77',
      where: 'Chromium',
      ratio: whole / ours,
      figures: { ours_ms: ours, peer_ms: whole },
      note: `the peer's time is ${TEXTS / SAMPLED} times that of ${SAMPLED} texts`,
    }),
  ];
};
