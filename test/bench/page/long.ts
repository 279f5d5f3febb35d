import type { Classer } from 'classer-local';
import { readPace } from '../pace.js';
import { importPackage, offer } from './offer.js';

let classer: Classer | undefined;

/** Microseconds a token. */
offer(async (text: string): Promise<number> => {
  const { createClasser } = await importPackage();
  classer ??= createClasser({ runtime: { threads: 1 }, cache: false });
  return readPace(classer, text);
});
