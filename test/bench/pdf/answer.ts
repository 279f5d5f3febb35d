import type { Classer } from 'classer-local';

/** Milliseconds of an answer about a file. */
export interface AnswerTime {
  readonly first: number;
  readonly total: number;
}

/** Asks about a file with a model that is ready: until the first event of progress, and until the answer. */
export async function timeAnswer(classer: Classer, file: Uint8Array<ArrayBuffer>): Promise<AnswerTime> {
  await classer.ready();
  let first = Number.NaN;
  const begun = performance.now();
  const since = () => performance.now() - begun;
  await classer.classify({
    file,
    labels: ['billing', 'technical', 'praise'],
    cache: false,
    timeout: 600,
    onProgress: () => {
      if (Number.isNaN(first)) first = since();
    },
  });
  return { first, total: since() };
}
