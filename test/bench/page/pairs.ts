import { interleave } from '../interleave.js';
import { importPackage, offer } from './offer.js';
import { openPeer } from './peer.js';

/** Rounds until the better code of three kinds of requests a round is there. */
const WARM = 40;

/** What is compared: one text a round, with each of the label lists, against pairs with `peerLabels`. */
export interface PairsOptions {
  readonly rounds: number;
  readonly texts: readonly string[];
  readonly few: readonly string[];
  readonly some: readonly string[];
  readonly many: readonly string[];
  readonly peerLabels: readonly string[];
}

offer(async ({ rounds, texts, few, some, many, peerLabels }: PairsOptions) => {
  const { createClasser } = await importPackage();
  const classer = createClasser({ runtime: { threads: 1 }, cache: false });
  const pair = await openPeer();
  const text = (round: number) => texts[round % texts.length] ?? '';
  const ours = (labels: readonly string[]) => (round: number) =>
    classer.classify({ text: text(round), labels, cache: false });
  const times = await interleave(
    { warm: WARM, rounds },
    {
      // As many runs to warm up as ours has.
      peer: async (round) => {
        for (const label of round < WARM ? peerLabels.slice(0, 3) : peerLabels) await pair(text(round), label);
      },
      some: ours(some),
      many: ours(many),
      few: ours(few),
    },
  );
  await classer.dispose();
  return times;
});
