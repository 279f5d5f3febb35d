import { createClasser, sourceOf } from 'classer-local';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { askable, difference, type Golden, toRequest } from '../support/golden.js';
import type {} from '../support/node-answers.js';

const classer = createClasser({ cache: false });
let golden: Golden;
/** The golden answers are native ones; WebAssembly rounds the int8 activations otherwise. */
const GOLDEN_TOLERANCE = 0.02;

beforeAll(async () => {
  golden = await (await fetch('/models/classer-embed/golden.json')).json();
});

test('a page answers as Node does', async () => {
  for (const { request, scores } of inject('nodeAnswers')) {
    const here = await classer.classify({ ...request, scores: true });
    for (const { label, confidence } of scores) {
      const other = here.scores?.find((one) => one.label === label)?.confidence;
      expect(Math.abs((other ?? 2) - confidence), request.text.slice(0, 60)).toBeLessThan(1e-3);
    }
  }
});

describe('golden answers', () => {
  test('classify gives every label its confidence', async () => {
    for (const one of askable(golden).filter(({ classify_scores }) => classify_scores)) {
      const { scores, label, confidence } = await classer.classify({ ...toRequest(one), scores: true });
      expect(difference(one, scores, one.classify_scores), one.text.slice(0, 60)).toBeLessThan(GOLDEN_TOLERANCE);
      expect({ label, confidence }).toEqual(scores?.[0]);
    }
  });

  test('tag gives every label its confidence', async () => {
    for (const one of askable(golden).filter(({ tag }) => tag)) {
      const { scores, labels } = await classer.tag({ ...toRequest(one), scores: true });
      expect(difference(one, scores, one.tag), one.text.slice(0, 60)).toBeLessThan(GOLDEN_TOLERANCE);
      expect(labels).toEqual(scores?.filter(({ confidence }) => confidence > 0.5));
    }
  });

  test('one label alone is detection', async () => {
    for (const one of askable(golden).filter(({ detect }) => detect)) {
      const { label, confidence } = await classer.classify(toRequest(one));
      expect(label).toBe(one.labels[0]);
      expect(Math.abs((confidence ?? 2) - (one.detect?.[0] ?? 0)), one.text.slice(0, 60)).toBeLessThan(
        GOLDEN_TOLERANCE,
      );
    }
  });
});

const labels = ['billing', 'technical', 'praise'] as const;
const texts = ['I was charged twice this month', 'The app crashes when I log in', '  '];

describe('shapes', () => {
  test('classify', async () => {
    const answer = await classer.classify({ text: texts[0], labels });
    expect(answer).toEqual({
      label: 'billing',
      confidence: expect.any(Number),
      tokens: expect.any(Number),
      latency_ms: expect.any(Number),
      cached: false,
    });
    expect(answer.confidence).toBe(Number(answer.confidence?.toFixed(4)));
    expect(sourceOf(answer)).toEqual({ source: 'local', model: 'classer-embed' });
  });

  test('tag', async () => {
    const { labels: tags, ...rest } = await classer.tag({ text: texts[0], labels, threshold: 0 });
    expect(tags.map(({ label }) => label).toSorted()).toEqual([...labels].toSorted());
    expect(tags).toEqual(tags.toSorted((a, b) => b.confidence - a.confidence));
    expect(rest).toEqual({ tokens: expect.any(Number), latency_ms: expect.any(Number), cached: false });
  });

  test('tags are strictly above the threshold', async () => {
    const all = await classer.tag({ text: texts[0], labels, threshold: 0 });
    const second = all.labels[1]?.confidence ?? 0;
    const above = await classer.tag({ text: texts[0], labels, threshold: second });
    expect(above.labels).toEqual(all.labels.slice(0, 1));
    expect((await classer.tag({ text: texts[0], labels, threshold: 1 })).labels).toEqual([]);
  });

  test('classifyBatch answers each text as classify does, and a bad one with its own error', async () => {
    const batch = await classer.classifyBatch({ texts, labels });
    expect(Object.keys(batch).toSorted()).toEqual(['latency_ms', 'results', 'total_tokens']);
    for (const [i, text] of texts.slice(0, 2).entries()) {
      const { latency_ms: _, ...single } = await classer.classify({ text, labels });
      const { confidence, ...rest } = batch.results[i] ?? { confidence: 0 };
      expect(rest).toEqual({ label: single.label, tokens: single.tokens, cached: false });
      expect(confidence).toBeCloseTo(single.confidence ?? 0, 3);
    }
    expect(batch.results[2]).toEqual({ tokens: 0, cached: false, error: expect.stringContaining('empty') });
    expect(batch.total_tokens).toBe(batch.results.reduce((sum, { tokens }) => sum + tokens, 0));
  });

  test('tagBatch answers each text as tag does, and a bad one with its own error', async () => {
    const batch = await classer.tagBatch({ texts, labels, threshold: 0 });
    for (const [i, text] of texts.slice(0, 2).entries()) {
      const { labels: tags } = await classer.tag({ text, labels, threshold: 0 });
      expect(batch.results[i]?.labels?.map(({ label }) => label)).toEqual(tags.map(({ label }) => label));
    }
    expect(batch.results[2]).toEqual({ tokens: 0, cached: false, error: expect.stringContaining('empty') });
  });

  test('tokens count the text, labels, descriptions, examples and text_type', async () => {
    const count = async (extra: object) =>
      (await classer.classify({ text: 'one two', labels: ['red', 'blue'], ...extra })).tokens;
    const plain = await count({});
    expect(plain).toBe(4);
    expect(await count({ descriptions: { red: 'a warm colour' } })).toBe(plain + 3);
    expect(await count({ examples: { blue: ['the sky', 'the sea'] } })).toBe(plain + 4);
    expect(await count({ text_type: 'review' })).toBe(plain + 1);
    expect(await count({ source_type: 'review' })).toBe(plain + 1);
  });
});
