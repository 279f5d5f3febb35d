import { offer } from './offer.js';
import { openPeer } from './peer.js';

/** The same page with the same weights and transformers.js: milliseconds from navigation to the first answer. */
const pair = await openPeer();
for (const label of ['billing', 'technical', 'praise']) await pair('I was charged twice this month', label);
const answer = performance.now();

offer(async (): Promise<number> => answer);
