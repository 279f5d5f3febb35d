import { ClasserError } from '../contract/errors.js';
import type { RecalledOutcome } from '../service/cache/recall.js';

/** What an answer cost, for the headers of a response. */
export interface Receipt {
  /** The cache's key; undefined where nothing is cached. */
  readonly key: string | undefined;
  /** Seconds since the oldest part of the answer was given; undefined unless all of it was known. */
  readonly age: number | undefined;
  /** Tokens that were read for it now. */
  readonly read: number;
}

// A registered symbol, so that every copy and entry of the package reads the same note.
const RECEIPT = Symbol.for('classer.receipt');

/** Notes what an answer cost. */
export function recordReceipt<Response extends object>(response: Response, outcome: RecalledOutcome): Response {
  return Object.defineProperty(response, RECEIPT, { value: receipt(outcome) });
}

/** What an answer cost, or undefined for an object that is no answer of ours. */
export function receiptOf(response: object): Receipt | undefined {
  return (response as { [RECEIPT]?: Receipt })[RECEIPT];
}

function receipt({ answers, recalled }: RecalledOutcome): Receipt {
  const fresh = answers.flatMap((one) => (ClasserError.is(one) || one.cached ? [] : one.tokens));
  return { key: recalled?.key, age: recalled?.age, read: fresh.reduce((sum, tokens) => sum + tokens, 0) };
}
