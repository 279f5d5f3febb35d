import { readFile } from 'node:fs/promises';
import { createClasser } from 'classer-local';
import { timeAnswer } from '../pdf/answer.js';
import { offer } from './offer.js';

const classer = createClasser({ runtime: { threads: 1 }, cache: false });

/** Answers about the file at a path: its times, and the most bytes that this process has taken so far. */
offer(async (path: string) => {
  const times = await timeAnswer(classer, new Uint8Array(await readFile(path)));
  return { ...times, peak: process.resourceUsage().maxRSS * 1024 };
});
