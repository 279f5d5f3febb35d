import type { Measurement } from '../bench.js';
import { callPage, openPage } from '../browser.js';
import type { PairsOptions } from '../page/pairs.js';
import { toRow } from '../row.js';
import { labels, texts } from '../text.js';

const ROUNDS = 30;
/** Labels that the peer is timed with; its time grows with their number, so that more are scaled up. */
const SAMPLED = 10;

/** One text of 64 tokens, special tokens included, against a forward pass for each of its labels. */
export const pairs: Measurement = async ({ browser, plain }) => {
  const page = await openPage(browser, `${plain.url}/pairs.html`);
  const options: PairsOptions = {
    rounds: ROUNDS,
    texts: texts(ROUNDS + 1, 62),
    few: labels(10),
    some: labels(77),
    many: labels(200),
    peerLabels: labels(SAMPLED),
  };
  type Times = Record<'few' | 'some' | 'many' | 'peer', number>;
  const { few, some, many, peer } = await callPage<Times>(page, options);
  await page.close();
  const against = (count: number, ours: number) =>
    toRow({
      name: `single-${count}`,
      where: 'Chromium',
      ratio: ((peer / SAMPLED) * count) / ours,
      figures: { ours_ms: ours, peer_ms: (peer / SAMPLED) * count },
      note: `the peer is timed with ${SAMPLED} labels`,
    });
  return [against(10, few), against(77, some), against(200, many)];
};
