import { createClasser, type Progress } from 'classer-local';
import { expect, test } from 'vitest';
import { filler } from '../support/filler.js';

const classer = createClasser({ cache: false });
const labels = ['billing', 'praise'];

/** Fails unless the events of a stage only go forward and end with one at the total. */
function expectComplete(events: readonly Progress[], stage: Progress['stage']): void {
  const own = events.filter((event) => event.stage === stage);
  expect(own.length).toBeGreaterThan(0);
  for (const [i, { done, total }] of own.entries()) {
    expect(done).toBeGreaterThan(own[i - 1]?.done ?? -1);
    expect(total).toBe(own[0]?.total);
    expect(done < total).toBe(i < own.length - 1);
  }
}

test('loading reports bytes, reading reports tokens, each up to its total', async () => {
  const events: Progress[] = [];
  const answer = await classer.classify({ text: filler(1200), labels, onProgress: (event) => events.push(event) });
  expectComplete(events, 'model');
  expectComplete(events, 'text');
  expect(events.findLastIndex(({ stage }) => stage === 'model')).toBeLessThan(
    events.findIndex(({ stage }) => stage === 'text'),
  );
  expect(events.filter(({ stage }) => stage === 'text').length).toBeGreaterThan(1);
  const read = events.at(-1)?.total ?? 0;
  expect(answer.tokens).toBeGreaterThan(read);
});

test('a loaded model is not reported again', async () => {
  const events: Progress[] = [];
  await classer.classify({ text: 'thank you', labels, onProgress: (event) => events.push(event) });
  expect(events.map(({ stage }) => stage)).toEqual(['text']);
  expectComplete(events, 'text');
});

test('ready reports loading to each who waits', async () => {
  const other = createClasser({ cache: false });
  const [one, two]: [Progress[], Progress[]] = [[], []];
  await Promise.all([
    other.ready({ onProgress: (event) => one.push(event) }),
    other.ready({ onProgress: (event) => two.push(event) }),
  ]);
  expectComplete(one, 'model');
  expect(two).toEqual(one);
  await other.dispose();
});

test('a batch reports the tokens of all its texts', async () => {
  const events: Progress[] = [];
  const texts = Array.from({ length: 40 }, (_, i) => filler(20 + i));
  const { total_tokens } = await classer.classifyBatch({ texts, labels, onProgress: (event) => events.push(event) });
  expectComplete(events, 'text');
  // Labels count once for each text there, and are no part of the reading.
  expect(events.at(-1)?.total).toBe(total_tokens - 2 * texts.length);
});

test('a callback that throws does not harm the call', async () => {
  const throws = () => {
    throw new Error('from the caller');
  };
  const caught: string[] = [];
  const listen = (event: ErrorEvent) => {
    caught.push(event.error.message);
    event.preventDefault();
  };
  globalThis.addEventListener('error', listen);
  const { label } = await classer.classify({ text: 'thank you, great work', labels, onProgress: throws });
  globalThis.removeEventListener('error', listen);
  expect(label).toBe('praise');
  expect(caught).toEqual(['from the caller']);
});
