// As in the SDK's README: functions, with what they answer.
import { classify, classifyBatch, tag, tagBatch } from 'classer-ai';

export async function route(message: string): Promise<string> {
  const result = await classify({
    text: message,
    labels: ['billing', 'technical_support', 'sales'],
    descriptions: { billing: 'Payments and invoices', sales: 'Buying more' },
    priority: 'fast',
    cache: false,
  });
  const confidence: number = result.confidence ?? 0;
  const visual: number | undefined = result.visual_tokens;
  console.log(
    `${result.label}: ${confidence.toFixed(2)} ${result.tokens} ${visual} ${result.latency_ms} ${result.cached}`,
  );
  return confidence > 0.8 && result.label ? result.label : 'human';
}

export async function topics(text: string, threshold?: number): Promise<Map<string, number>> {
  const { labels } = await tag({
    text,
    labels: ['politics', 'technology'],
    ...(threshold !== undefined && { threshold }),
  });
  return new Map(labels.map(({ label, confidence }) => [label, confidence]));
}

export async function many(texts: string[], labels: string[]): Promise<(string | undefined)[]> {
  const { results, total_tokens, latency_ms } = await classifyBatch({ texts, labels });
  console.log(total_tokens + latency_ms);
  for (const result of results) if (result.error) console.error(result.error.toUpperCase());
  return results.map((result) => result.label);
}

export async function manyTags(texts: string[]): Promise<string[][]> {
  const { results } = await tagBatch({
    texts,
    labels: ['a', 'b'],
    threshold: 0.3,
    image: ['https://example.test/a.png'],
  });
  return results.map((result) => (result.labels ?? []).map((one) => one.label));
}

export const saved = (text: string) => classify({ text, classifier: 'support@v2', file: 'https://example.test/a.pdf' });
