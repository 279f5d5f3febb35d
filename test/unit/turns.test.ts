import { expect, test } from 'vitest';
import type { Urgency } from '../../src/contract/task.js';
import { Turns } from '../../src/engines/turns.js';

const effort = (urgency: Urgency, signal = new AbortController().signal) => ({ signal, urgency });
/** Lets whatever waits for its turn have it. */
async function tick() {
  for (let i = 0; i < 3; i++) await new Promise((resolve) => setImmediate(resolve));
}
/** Runs that end when they are told to, by name, in the order in which they began. */
function runs(turns: Turns) {
  const begun: { name: string; end: () => void }[] = [];
  const take = (name: string, urgency: Urgency, signal?: AbortSignal) =>
    turns.take(effort(urgency, signal), () => new Promise<void>((end) => void begun.push({ name, end })));
  return { begun, take, names: () => begun.map(({ name }) => name) };
}

test('of those that wait the most urgent runs next, and among equals the first', async () => {
  const turns = new Turns();
  const { begun, take, names } = runs(turns);
  const all = [take('running', 'job'), take('job', 'job'), take('batch', 'batch')];
  all.push(take('call', 'interactive'), take('other', 'interactive'));
  for (let i = 0; i < 5; i++) {
    await tick();
    expect(begun).toHaveLength(i + 1);
    begun[i]?.end();
  }
  await Promise.all(all);
  expect(names()).toEqual(['running', 'call', 'other', 'batch', 'job']);
});

test('between the runs of a call that is under way nothing less urgent begins', async () => {
  const turns = new Turns();
  const { begun, take, names } = runs(turns);
  const job = take('window', 'job').then(() => take('next window', 'job'));
  const call = turns.during('interactive', async () => {
    await take('label', 'interactive');
    await tick();
    await take('text', 'interactive');
  });
  for (let i = 0; i < 4; i++) {
    await tick();
    await tick();
    begun[i]?.end();
  }
  await Promise.all([call, job]);
  expect(names()).toEqual(['window', 'label', 'text', 'next window']);
});

test('a call that comes while nothing runs waits for nothing', async () => {
  const turns = new Turns();
  let ran = false;
  const run = turns.take(effort('job'), async () => {
    ran = true;
  });
  expect(ran).toBe(true);
  await run;
});

test('one that is abandoned in the queue is dropped, and a failure holds nobody up', async () => {
  const turns = new Turns();
  const { begun, take, names } = runs(turns);
  const controller = new AbortController();
  const first = take('first', 'batch');
  const dropped = take('dropped', 'batch', controller.signal);
  const fails = turns.take(effort('batch'), async () => {
    throw new Error('out of memory');
  });
  const last = take('last', 'batch');
  controller.abort(new Error('gone'));
  begun[0]?.end();
  await first;
  await expect(dropped).rejects.toThrow('gone');
  await expect(fails).rejects.toThrow('out of memory');
  await tick();
  begun[1]?.end();
  await last;
  expect(names()).toEqual(['first', 'last']);
});

test('whoever gives way lets the more urgent go first, and its like and the less urgent not', async () => {
  const turns = new Turns();
  const order: string[] = [];
  const controller = new AbortController();
  const ended = new Promise<void>((resolve) => controller.signal.addEventListener('abort', () => resolve()));
  const call = turns.during('batch', () => ended);
  const job = turns.giveWay(effort('job')).then(() => order.push('job'));
  await turns.giveWay(effort('batch'));
  await turns.giveWay(effort('interactive'));
  order.push('others');
  controller.abort();
  await Promise.all([call, job]);
  expect(order).toEqual(['others', 'job']);
});
