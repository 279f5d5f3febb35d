import type { Calls } from 'classer-local';
import type { EvalRequest } from './request.js';

/** One text's answer: `label` and `confidence` when classified, `labels` when tagged. */
export interface Result {
  readonly label?: string | undefined;
  readonly confidence?: number | undefined;
  readonly labels?: readonly { readonly label: string; readonly confidence: number }[] | undefined;
  readonly error?: string | undefined;
}

/** Answers a batch request. */
export type Ask = (method: 'classify' | 'tag', request: EvalRequest) => Promise<readonly Result[]>;

/** Asks the package itself. */
export const askPackage =
  (calls: Calls): Ask =>
  async (method, request) =>
    (await (method === 'classify' ? calls.classifyBatch(request) : calls.tagBatch(request))).results;

/** Asks a server that speaks the contract's batch routes. */
export const askServer =
  (url: string): Ask =>
  async (method, request) => {
    const path = `/v1/${method}/batch`;
    const headers = { 'Content-Type': 'application/json' };
    const response = await fetch(url + path, { method: 'POST', headers, body: JSON.stringify(request) });
    const text = await response.text();
    if (!response.ok) throw new Error(`${url}${path} answered ${response.status}: ${text.slice(0, 300)}`);
    return (JSON.parse(text) as { results: Result[] }).results;
  };

/** Throws unless there is one good answer a text. */
export function checkResults(set: string, results: readonly Result[], texts: number): void {
  if (results.length !== texts) throw new Error(`${set}: ${results.length} results for ${texts} texts.`);
  const broken = results.filter(({ error }) => error);
  if (broken.length > 0) throw new Error(`${set}: ${broken.length} results with an error, first: ${broken[0]?.error}`);
}
