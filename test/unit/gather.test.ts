import { expect, test } from 'vitest';
import { Gatherer, type ReadTexts } from '../../src/service/gather.js';

/** Reads when it is told to, and tells what it was given. */
function reader() {
  const groups: { texts: readonly string[]; signal: AbortSignal; end: (error?: Error) => void }[] = [];
  const read: ReadTexts<string> = (texts, { signal }) =>
    new Promise((resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason));
      groups.push({
        texts,
        signal,
        end: (error) => (error ? reject(error) : resolve(texts.map((text) => `${text}!`))),
      });
    });
  return { groups, read };
}
const effort = (signal = new AbortController().signal) => ({ signal, urgency: 'interactive' as const });
/** Lets whatever waits for its turn have it. */
async function tick() {
  for (let i = 0; i < 3; i++) await new Promise((resolve) => setImmediate(resolve));
}

test('calls that come while others are read are read together, by key', async () => {
  const { groups, read } = reader();
  const gatherer = new Gatherer<string>();
  const join = (text: string) => gatherer.join('one', [text, text], effort(), read);
  const calls = [join('a')];
  await tick();
  calls.push(...['b', 'c', 'd'].map(join));
  const other = gatherer.join('two', ['x'], effort(), read);
  await tick();
  expect(groups.map(({ texts }) => texts.join(''))).toEqual(['aa', 'x']);
  groups[1]?.end();
  groups[0]?.end();
  expect(await other).toEqual(['x!']);
  expect(await calls[0]).toEqual(['a!', 'a!']);
  await tick();
  expect(groups[2]?.texts.join('')).toBe('bbccdd');
  groups[2]?.end();
  expect(await Promise.all(calls.slice(1))).toEqual([
    ['b!', 'b!'],
    ['c!', 'c!'],
    ['d!', 'd!'],
  ]);
});

test('an abandoned call rejects at once and costs the others nothing', async () => {
  const { groups, read } = reader();
  const gatherer = new Gatherer<string>();
  const [one, two] = [new AbortController(), new AbortController()];
  const first = gatherer.join('k', ['a'], effort(), read);
  await tick();
  const waiting = gatherer.join('k', ['b'], effort(one.signal), read);
  const inGroup = gatherer.join('k', ['c'], effort(two.signal), read);
  const last = gatherer.join('k', ['d'], effort(), read);
  one.abort(new Error('gone'));
  await expect(waiting).rejects.toThrow('gone');
  groups[0]?.end();
  await first;
  await tick();
  expect(groups[1]?.texts).toEqual(['c', 'd']);
  two.abort(new Error('gone too'));
  await expect(inGroup).rejects.toThrow('gone too');
  expect(groups[1]?.signal.aborted).toBe(false);
  groups[1]?.end();
  expect(await last).toEqual(['d!']);
});

test('when all of a group are abandoned its reading stops, and the next is read', async () => {
  const { groups, read } = reader();
  const gatherer = new Gatherer<string>();
  const controller = new AbortController();
  const call = gatherer.join('k', ['a'], effort(controller.signal), read);
  await tick();
  const next = gatherer.join('k', ['b'], effort(), read);
  controller.abort(new Error('gone'));
  await expect(call).rejects.toThrow('gone');
  expect(groups[0]?.signal.aborted).toBe(true);
  await tick();
  groups[1]?.end();
  expect(await next).toEqual(['b!']);
});

test('an error is the group’s, and the next is read', async () => {
  const { groups, read } = reader();
  const gatherer = new Gatherer<string>();
  const call = gatherer.join('k', ['a'], effort(), read);
  await tick();
  groups[0]?.end(new Error('out of memory'));
  await expect(call).rejects.toThrow('out of memory');
  const next = gatherer.join('k', ['b'], effort(), read);
  await tick();
  groups[1]?.end();
  expect(await next).toEqual(['b!']);
});

test('a group has its bound', async () => {
  const { groups, read } = reader();
  const gatherer = new Gatherer<string>();
  const calls = Array.from({ length: 600 }, (_, i) => gatherer.join('k', [String(i)], effort(), read));
  for (let i = 0; i < 3; i++) {
    await tick();
    groups[i]?.end();
  }
  expect((await Promise.all(calls)).flat()).toEqual(calls.map((_, i) => `${i}!`));
  expect(groups.map(({ texts }) => texts.length)).toEqual([256, 256, 88]);
});
