import type { Classer } from 'classer-local';
import { timeAnswer } from '../pdf/answer.js';
import { importPackage, offer } from './offer.js';

let classer: Classer | undefined;

/** Answers about the file at a path of the server's. */
offer(async (path: string) => {
  const { createClasser } = await importPackage();
  classer ??= createClasser({ runtime: { threads: 1 }, cache: false });
  return timeAnswer(classer, new Uint8Array(await (await fetch(path)).arrayBuffer()));
});
