import { importPackage, offer } from './offer.js';

const REQUEST = { text: 'I was charged twice this month', labels: ['billing', 'technical', 'praise'], cache: false };
const OTHER = { ...REQUEST, labels: ['invoice', 'defect', 'thanks'] };

/** Milliseconds since navigation. */
export interface Start {
  readonly script: number;
  readonly module: number;
  readonly opened: number;
  readonly answer: number;
  /** Milliseconds of the same request again. */
  readonly again: number;
  /** Milliseconds of a request with labels not seen before. */
  readonly relabelled: number;
  /** When navigation began, as the workers' clocks have it. */
  readonly origin: number;
}

const script = performance.now();
const { createClasser } = await importPackage();
const module = performance.now();
const classer = createClasser({ runtime: { threads: 1 }, cache: false });
let opened = 0;
const begin = classer.ready().then(() => {
  opened = performance.now();
});
await classer.classify(REQUEST);
const answer = performance.now();
await begin;

offer(async (): Promise<Start> => {
  const again = await time(REQUEST);
  const relabelled = await time(OTHER);
  return { script, module, opened, answer, again, relabelled, origin: performance.timeOrigin };
});

async function time(request: typeof REQUEST): Promise<number> {
  const begun = performance.now();
  await classer.classify(request);
  return performance.now() - begun;
}
