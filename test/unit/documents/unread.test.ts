import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { CALLS, checkRequest } from '../../../src/contract/request.js';
import { legible } from '../../../src/documents/legible.js';
import { Ocr } from '../../../src/documents/ocr/read.js';
import type { Part } from '../../../src/documents/part.js';
import { gatherText } from '../../../src/documents/text.js';
import { AnswerCache } from '../../../src/service/cache/cache.js';
import { recall } from '../../../src/service/cache/recall.js';
import { MemoryStore } from '../../../src/store/memory/store.js';
import { printed } from '../../support/pictures/print.js';

const asset = async (name: string) => new Uint8Array(await readFile(new URL(`../../../dist/${name}`, import.meta.url)));

/** What a scan of a page says, read with so many milliseconds of patience. */
async function read(patience: number) {
  const canvas = await printed(['Payment is due within thirty days.'], { width: 4, height: 1 });
  const { width, height } = canvas;
  const rgba = canvas.getContext('2d').getImageData(0, 0, width, height).data;
  const ocr = new Ocr(
    { core: () => asset('ocr-core.wasm'), languages: async () => [await asset('ocr-english.bin')] },
    patience,
  );
  const page: Part = { kind: 'picture', page: 1, pages: 1, text: '', draws: [async () => ({ width, height, rgba })] };
  const file = { content: 'x', password: undefined };
  const context = { signal: new AbortController().signal, urgency: 'interactive' as const, onPages: () => undefined };
  const pages = async function* () {
    yield page;
  };
  return gatherText([file], () => legible(pages(), async () => ocr, context.onPages), context);
}

test('a page that takes too long to read is named, and its answer not kept', async () => {
  expect((await read(60_000)).ocr).toEqual({ pages: [1] });
  const { ocr } = await read(-1);
  expect(ocr).toEqual({ unread: { pages: [1] } });

  const cache = new AnswerCache(async () => new MemoryStore(), { bytes: 1_000_000, seconds: 60 });
  const task = checkRequest(CALLS.classify, { text: 'a', labels: ['b', 'c'] });
  const model = { model: 'm', content: 'm' };
  let asked = 0;
  const ask = (found: typeof ocr) => async () => {
    asked++;
    return { answers: [{ tokens: 1, cached: false, ...(found && { ocr: found }) }], latency: 1, model: 'm' };
  };
  await recall(cache, model, task, ask(ocr));
  await recall(cache, model, task, ask({ pages: [1] }));
  await recall(cache, model, task, ask({ pages: [1] }));
  expect(asked).toBe(2);
});
