import { createClasser } from 'classer-local';
import { expect, test } from 'vitest';

const classer = createClasser({ cache: false });
const labels = ['billing', 'technical', 'praise', 'shipping', 'account'];
const text = 'I was charged twice this month';

test('the order of labels changes nothing', async () => {
  const orders = [labels, labels.toReversed(), [...labels.slice(2), ...labels.slice(0, 2)]];
  const [first, ...others] = await Promise.all(
    orders.map(async (order) => ({
      classified: (await classer.classify({ text, labels: order, scores: true })).scores,
      tagged: (await classer.tag({ text, labels: order, threshold: 0 })).labels,
    })),
  );
  for (const other of others) expect(other).toEqual(first);
});

test('among more labels a tag is no surer, and the order of two stays', async () => {
  const few = await classer.tag({ text, labels: ['billing', 'praise'], threshold: 0 });
  const many = await classer.tag({ text, labels, threshold: 0 });
  for (const { label, confidence } of few.labels) {
    expect(many.labels.find((one) => one.label === label)?.confidence).toBeLessThanOrEqual(confidence + 0.001);
  }
  const order: string[] = few.labels.map(({ label }) => label);
  expect(many.labels.map(({ label }) => label).filter((label) => order.includes(label))).toEqual(order);
});

test('descriptions say what a label means', async () => {
  const belts = 'Conveyor belt faults';
  const currents = 'Electrical faults and short circuits';
  const request = { text: 'the belt slipped off the rollers again', labels: ['A12', 'B07'] };
  const one = await classer.classify({ ...request, descriptions: { A12: belts, B07: currents } });
  const other = await classer.classify({ ...request, descriptions: { A12: currents, B07: belts } });
  expect([one.label, other.label]).toEqual(['A12', 'B07']);
});

test('examples say what belongs to a label', async () => {
  const delivery = ['where is my order', 'still waiting for my package', 'my parcel is late', 'nothing was delivered'];
  const returns = ['I want to send this back', 'how do I return these shoes', 'wrong size, return it', 'take it back'];
  const request = { text: 'the parcel never came', labels: ['first group', 'second group'] };
  const one = await classer.classify({ ...request, examples: { 'first group': delivery, 'second group': returns } });
  const other = await classer.classify({ ...request, examples: { 'first group': returns, 'second group': delivery } });
  expect([one.label, other.label]).toEqual(['first group', 'second group']);
});

test('an example given twice counts once', async () => {
  const request = { text: 'the parcel never came', labels: ['delivery', 'returns'], scores: true };
  const once = await classer.classify({ ...request, examples: { delivery: ['where is my order'] } });
  const twice = await classer.classify({
    ...request,
    examples: { delivery: ['where is my order', 'where is my order'] },
  });
  expect(twice.scores).toEqual(once.scores);
});

test('a label alone says how well it fits', async () => {
  const ask = async (text: string) => await classer.classify({ text, labels: ['spam'] });
  const spam = await ask('Win a free phone!!! Click here now to claim your prize!!!');
  const mail = await ask('The meeting is moved to Thursday at ten.');
  expect([spam.label, mail.label]).toEqual(['spam', 'spam']);
  expect(spam.confidence).toBeLessThan(1);
  expect((spam.confidence ?? 0) - (mail.confidence ?? 1)).toBeGreaterThan(0.1);
});

test('a threshold is of no effect on classify', async () => {
  const plain = await classer.classify({ text, labels });
  const { label, confidence } = await classer.classify({ text, labels, threshold: 1 });
  expect({ label, confidence }).toEqual({ label: plain.label, confidence: plain.confidence });
});
