import { createClasser } from 'classer-local';
import { readPace } from '../pace.js';
import { offer } from './offer.js';

// One thread: a second one waits in a loop for its turn on a busy machine, and the figures with it.
const classer = createClasser({ runtime: { threads: 1 }, cache: false });

/** Microseconds a token, and the most bytes that this process has taken so far. */
offer(async (text: string) => {
  const pace = await readPace(classer, text);
  return { pace, peak: process.resourceUsage().maxRSS * 1024 };
});
