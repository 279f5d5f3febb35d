import type { Classer, CreateOptions } from 'classer-local';
import { afterAll, expect, test } from 'vitest';
import { rejection } from './rejection.js';

/** Where the cases run. */
export interface PoolGround {
  readonly create: (options: CreateOptions) => Classer;
  /** Workers of models that were started so far; killing one is nothing that the package is told of. */
  readonly started: () => readonly { kill(): void }[];
}

const LABELS = ['billing', 'weather', 'football'];
const SAID = ['I was charged twice', 'Snow is expected tonight', 'The striker scored in the last minute'];
const COUNT = 96;
/** Each is another text, so that none is answered from what is remembered of one before. */
const texts = (what: string) => Array.from({ length: COUNT }, (_, i) => `${SAID[i % 3]}, ${what} ${i}.`);

/** What everybody is promised whose batches are spread over workers. */
export function poolCases({ create, started }: PoolGround): void {
  const one = create({ concurrency: 1, cache: false, runtime: { threads: 1 } });
  const two = create({ concurrency: 2, cache: false, runtime: { threads: 1 } });
  afterAll(async () => void (await Promise.all([one, two].map((classer) => classer.dispose()))));
  /** What one worker answers, but for the time that it took. */
  const wanted = async (given: string[]) => (await one.classifyBatch({ texts: given, labels: LABELS })).results;

  test('a batch is spread over workers, and its answers come in the order of its texts', async () => {
    const given = texts('number').with(70, ' ');
    const expected = await wanted(given);
    const before = started().length;
    const told: number[] = [];
    const onProgress = ({ stage, done }: { stage: string; done: number }) => {
      if (stage === 'text') told.push(done);
    };
    const { results, total_tokens } = await two.classifyBatch({ texts: given, labels: LABELS, onProgress });
    expect(results).toEqual(expected);
    expect(results[70]).toMatchObject({ error: 'text is empty.' });
    expect(total_tokens).toBe(expected.reduce((sum, { tokens }) => sum + tokens, 0));
    expect(started().length - before).toBe(2);
    expect(told).toEqual(told.toSorted((a, b) => a - b));
    expect(told.at(-1)).toBe(COUNT);
    expect(await two.info()).toMatchObject({ concurrency: 2, threads: 1, device: 'wasm' });
  });

  test('a worker that dies in the middle of a batch is replaced, and no answer is lost', async () => {
    const given = texts('line');
    const expected = await wanted(given);
    const before = started().length;
    let killed = false;
    const onProgress = ({ stage }: { stage: string }) => {
      if (stage !== 'text' || killed) return;
      killed = true;
      started().at(-1)?.kill();
    };
    expect((await two.classifyBatch({ texts: given, labels: LABELS, onProgress })).results).toEqual(expected);
    expect(killed).toBe(true);
    expect(started().length - before).toBeLessThanOrEqual(1);
  });

  test('a batch that is given up stops in every worker', async () => {
    const controller = new AbortController();
    const onProgress = ({ stage }: { stage: string }) => {
      if (stage === 'text') controller.abort();
    };
    const call = two.classifyBatch({ texts: texts('given up'), labels: LABELS, signal: controller.signal, onProgress });
    expect(await rejection(call)).toMatchObject({ code: 'ABORTED' });
    const late = two.classifyBatch({ texts: texts('late'), labels: LABELS, timeout: 0 });
    expect(await rejection(late)).toMatchObject({ code: 'TIMEOUT' });
    expect((await two.classify({ text: SAID[1], labels: LABELS })).label).toBe('weather');
  });

  test('lines of a stream are answered by all workers, in order', async () => {
    const given = texts('streamed');
    const expected = await wanted(given);
    const input = new Blob(given.map((text) => `${JSON.stringify({ text })}\n`)).stream();
    let results = '';
    for await (const answered of two.jobs.pipe({ labels: LABELS }, input)) results += answered.results;
    const lines = results
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.map(({ index }) => index)).toEqual(given.map((_, i) => i));
    expect(lines.map(({ confidence }) => confidence)).toEqual(expected.map(({ confidence }) => confidence));
  });
}
