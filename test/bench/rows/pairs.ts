import type { Measurement } from '../bench.js';
import { callPage, openPage } from '../browser.js';
import type { PairsOptions } from '../page/pairs.js';
import { toRow } from '../row.js';
import { labels, texts } from '../text.js';

const ROUNDS = 9;
/** Labels that the peer is timed with; its time grows with their number, so that more are scaled up. */
const SAMPLED = 10;

/** One text of 64 tokens, special tokens included, against a forward pass for each of its labels. */
export const pairs: Measurement = async ({ browser, plain }) => {
  const page = await openPage(browser, `${plain.url}/pairs.html`);
  const options: PairsOptions = {
    rounds: ROUNDS,
    texts: texts(ROUNDS + 1, 62),
    two: labels(2),
    few: labels(10),
    many: labels(200),
    peerLabels: labels(SAMPLED),
  };
  const { two, few, many, peer } = await callPage<Record<'two' | 'few' | 'many' | 'peer', number>>(page, options);
  await page.close();
  const peerMany = (peer / SAMPLED) * 200;
  const what = (count: number) => `${count} labels, cached: transformers.js, a forward pass a label, against ours`;
  return [
    toRow({
      name: 'single-10',
      what: what(10),
      ratio: peer / few,
      goal: { at: 'least', value: 10 },
      figures: { ours_ms: few, peer_ms: peer },
      note: 'Chromium, 1 thread',
    }),
    toRow({
      name: 'single-200',
      what: what(200),
      ratio: peerMany / many,
      goal: { at: 'least', value: 100 },
      figures: { ours_ms: many, peer_ms: peerMany },
      note: `Chromium, 1 thread; the peer's time is ${200 / SAMPLED} times that of ${SAMPLED} labels`,
    }),
    toRow({
      name: 'labels-200-vs-2',
      what: '200 labels against 2, ours, cached',
      ratio: many / two,
      figures: { two_ms: two, many_ms: many },
    }),
  ];
};
