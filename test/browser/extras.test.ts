import { createClasser } from 'classer-local';
import { expect, test } from 'vitest';

const classer = createClasser({ cache: false });
const labels = ['billing', 'astronomy', 'cooking'] as const;
const NEEDLE = 'I was charged twice on my credit card and want the invoice refunded.';
// Characters outside the basic plane take two UTF-16 units: offsets must count both.
const BEFORE = '😀😀 Rain fell on the hills all morning. 👩‍🚀 She walked along the river. ';
const AFTER = ' The old clock in the square struck nine. Naïve café owners closed early.';
const text = BEFORE + NEEDLE + AFTER;

test('scores hold every label, highest first', async () => {
  const { scores = [], label, confidence } = await classer.classify({ text, labels, scores: true });
  expect(scores.map((one) => one.label).toSorted()).toEqual([...labels].toSorted());
  expect(scores).toEqual(scores.toSorted((a, b) => b.confidence - a.confidence));
  expect(scores[0]).toEqual({ label, confidence });
  expect(scores.reduce((sum, one) => sum + one.confidence, 0)).toBeCloseTo(1, 3);
});

test('without being asked for, scores and evidence are left out', async () => {
  const answer = await classer.classify({ text, labels });
  expect(answer).not.toHaveProperty('scores');
  expect(answer).not.toHaveProperty('evidence');
});

test('below min_confidence there is no label', async () => {
  const sure = await classer.classify({ text, labels });
  const at = await classer.classify({ text, labels, min_confidence: sure.confidence });
  expect(at.label).toBe('billing');
  const above = await classer.classify({ text, labels, min_confidence: 1 });
  expect(above).not.toHaveProperty('label');
  expect(above.confidence).toBe(sure.confidence);
});

test('explain names the sentence that decided, in UTF-16 units', async () => {
  const { label, evidence = [] } = await classer.classify({ text, labels, explain: true });
  expect(label).toBe('billing');
  const [best] = evidence;
  expect(best).toMatchObject({ label: 'billing', kind: 'text' });
  expect(text.slice(best?.start, best?.end)).toBe(NEEDLE);
});

test('evidence weights sum to 1 for each label, and passages do not overlap', async () => {
  const { labels: tags, evidence = [] } = await classer.tag({ text, labels, threshold: 0, explain: true });
  expect(tags).toHaveLength(labels.length);
  for (const { label } of tags) {
    const passages = evidence.filter((one) => one.label === label);
    expect(passages.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 3);
    expect(passages).toEqual(passages.toSorted((a, b) => b.weight - a.weight));
    const inOrder = passages.toSorted((a, b) => (a.start ?? 0) - (b.start ?? 0));
    for (const [i, { start = -1, end = -1 }] of inOrder.entries()) {
      expect(start).toBeGreaterThanOrEqual(inOrder[i - 1]?.end ?? 0);
      expect(end).toBeGreaterThan(start);
      expect(end).toBeLessThanOrEqual(text.length);
    }
  }
});

test('explaining does not change the answer', async () => {
  const plain = await classer.classify({ text, labels, scores: true });
  const explained = await classer.classify({ text, labels, scores: true, explain: true });
  expect(explained.scores).toEqual(plain.scores);
});

test('a batch explains each text by itself', async () => {
  const texts = [NEEDLE, `Boil the pasta for ten minutes. ${NEEDLE}`];
  const { results } = await classer.classifyBatch({ texts, labels, explain: true, scores: true });
  for (const [i, { evidence = [], scores }] of results.entries()) {
    expect(scores).toHaveLength(labels.length);
    for (const { end = 0 } of evidence) expect(end).toBeLessThanOrEqual(texts[i]?.length ?? 0);
  }
  expect(results[0]?.evidence).toEqual([{ label: 'billing', weight: 1, kind: 'text', start: 0, end: NEEDLE.length }]);
});
