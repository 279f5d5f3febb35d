// Every exported type, written by hand and read back.
import type {
  BatchClassifyRequest,
  BatchClassifyResponse,
  BatchClassifyResult,
  BatchTagRequest,
  BatchTagResponse,
  BatchTagResult,
  ClasserConfig,
  ClassifyRequest,
  ClassifyResponse,
  TagLabel,
  TagRequest,
  TagResponse,
} from 'classer-ai';
import { classify, classifyBatch, tag, tagBatch } from 'classer-ai';

export const config: ClasserConfig = { apiKey: 'key', timeout: 5, batchTimeout: 50 };

export const one: ClassifyRequest = {
  text: 'a',
  labels: ['a', 'b'],
  descriptions: { a: 'the first' },
  priority: 'standard',
  cache: true,
  image: 'data:image/png;base64,aGk=',
  file: 'aGk=',
};
export const other: TagRequest = { classifier: 'mine', text: 'a', threshold: 0.2, image: ['aGk='] };
export const several: BatchClassifyRequest = { texts: ['a'], labels: ['a'], cache: false };
export const others: BatchTagRequest = { texts: ['a'], classifier: 'mine', threshold: 0.2 };

// Requests are put together step by step.
one.labels = [...(one.labels ?? []), 'c'];
one.labels.push('d');
several.texts.push('b');
other.threshold = 0.7;
others.labels = ['x'];
one.descriptions = { ...one.descriptions, c: 'the third' };

export const label: TagLabel = { label: 'a', confidence: 0.5 };
export const classified: ClassifyResponse = { label: 'a', confidence: 0.9, tokens: 3, latency_ms: 1, cached: false };
export const tagged: TagResponse = { labels: [label], tokens: 3, visual_tokens: 49, latency_ms: 1, cached: true };
export const result: BatchClassifyResult = { tokens: 0, cached: false, error: 'empty' };
export const results: BatchClassifyResponse = {
  results: [result, { label: 'a', confidence: 1, tokens: 1, cached: true }],
  total_tokens: 1,
  latency_ms: 2,
};
export const tags: BatchTagResult = { labels: [label], tokens: 1, cached: false };
export const allTags: BatchTagResponse = { results: [tags], total_tokens: 1, latency_ms: 2 };
results.results.push(result);

export async function readBack(): Promise<void> {
  const a: ClassifyResponse = await classify(one);
  const b: TagResponse = await tag(other);
  const c: BatchClassifyResponse = await classifyBatch(several);
  const d: BatchTagResponse = await tagBatch(others);
  const first: TagLabel | undefined = b.labels[0];
  const best: BatchClassifyResult | undefined = c.results[0];
  const more: BatchTagResult | undefined = d.results.at(-1);
  console.log(a.label?.toUpperCase(), first?.confidence, best?.label, more?.labels?.length);
}
