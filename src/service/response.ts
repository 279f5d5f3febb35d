import { ClasserError, failure } from '../contract/errors.js';
import { CALLS, type Call } from '../contract/request.js';
import type { BatchClassifyResponse, BatchTagResponse, ClassifyResponse, TagResponse } from '../contract/types.js';
import type { Outcome } from './answer.js';

/** The response type of each method. */
export interface Responses {
  classify: ClassifyResponse;
  tag: TagResponse;
  classifyBatch: BatchClassifyResponse;
  tagBatch: BatchTagResponse;
}
export type Method = keyof typeof CALLS;

/** Shapes an outcome as the contract's response; a single request's error is thrown. */
export function respond<M extends Method>(method: M, outcome: Outcome): Responses[M] {
  const call: Call = CALLS[method];
  return (call.batch ? batch(outcome) : single(outcome)) as Responses[M];
}

function single({ answers, latency }: Outcome) {
  const only = answers[0] ?? failure('INTERNAL', 'The classifier gave no answer.');
  if (ClasserError.is(only)) throw only;
  return { ...only, latency_ms: latency };
}

function batch({ answers, latency }: Outcome) {
  const results = answers.map((one) => (ClasserError.is(one) ? { tokens: 0, cached: false, error: one.message } : one));
  return { results, total_tokens: results.reduce((sum, { tokens }) => sum + tokens, 0), latency_ms: latency };
}
