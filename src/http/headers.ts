import { type Receipt, receiptOf } from '../client/receipt.js';
import { sourceOf } from '../client/source.js';

/** The headers of an answer that say what it cost and where it came from. */
export function answerHeaders(answer: object): Record<string, string> {
  const source = sourceOf(answer);
  return {
    ...cacheHeaders(receiptOf(answer)),
    ...(source && { 'X-Classer-Source': source.source, 'X-Classer-Model': source.model }),
  };
}

function cacheHeaders({ key, age, read = 0 }: Partial<Receipt> = {}): Record<string, string> {
  return {
    'X-Cache': age === undefined ? 'MISS' : 'HIT',
    ...(key !== undefined && { 'X-Cache-Key': key.slice(0, 16) }),
    ...(age !== undefined && { 'X-Cache-Age': String(Math.floor(age)) }),
    'X-Tokens-Used': String(read),
  };
}

/** Names the first few fields that were not read; a header must stay short and plain. */
export function warningHeader(unknown: readonly string[]): Record<string, string> {
  if (unknown.length === 0) return {};
  const plain = unknown
    .slice(0, 5)
    .map((name) => encodeURIComponent(name.slice(0, 40).replace(/\p{Surrogate}/gu, '\uFFFD')));
  const more = unknown.length > 5 ? ` and ${unknown.length - 5} more` : '';
  return { 'X-Classer-Warning': `ignored: ${plain.join(', ')}${more}` };
}
