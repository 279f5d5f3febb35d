import { createClasser } from 'classer-local';
import { expect, test } from 'vitest';
import { filler } from '../support/filler.js';

const classer = createClasser({ cache: false });
const NEEDLE = 'I was charged twice on my credit card and want the invoice refunded.';

test('50 calls at once are each answered as if alone', async () => {
  const labels = ['billing', 'weather', 'sport'];
  const texts = [
    'I was charged twice this month',
    'It will rain all afternoon',
    'The striker scored in the final minute',
    'Please refund my last invoice',
    'Snow is expected in the north tonight',
  ];
  const alone = await Promise.all(texts.map((text) => classer.classify({ text, labels })));
  const calls = Array.from({ length: 50 }, (_, i) =>
    classer.classify({ text: texts[i % texts.length] as string, labels }),
  );
  for (const [i, { label, confidence }] of (await Promise.all(calls)).entries()) {
    const expected = alone[i % texts.length];
    expect({ label, confidence }).toEqual({ label: expected?.label, confidence: expected?.confidence });
  }
});

test('50 different label sets at once do not mix', async () => {
  const calls = Array.from({ length: 50 }, (_, i) => {
    const labels = [`refund ${i}`, `holiday ${i}`] as const;
    return classer.classify({ text: `Please refund order number ${i}`, labels });
  });
  for (const [i, { label }] of (await Promise.all(calls)).entries()) expect(label).toBe(`refund ${i}`);
});

test('a needle in the middle of 20,000 words is found', async () => {
  const half = filler(10_000);
  const text = `${half} ${NEEDLE} ${half}`;
  const { evidence = [] } = await classer.classify({ text, labels: ['billing'], explain: true, timeout: 120 });
  const [best] = evidence;
  expect(text.slice(best?.start, best?.end)).toBe(NEEDLE);
}, 120_000);
