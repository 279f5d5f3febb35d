import { ClasserError, createClasser } from 'classer-local';
import { expect } from 'vitest';
import { type BadInput, GOOD, STATUS, type Want } from './bad-input.js';

/** Milliseconds that any of them may take, the largest on a busy machine included. */
const BOUND = 20_000;

/** The outcome of a call: its answer, or what its error says. */
export type Outcome = { readonly answer: unknown } | { readonly error: Failure };
interface Failure {
  readonly code: string;
  readonly status: number;
  readonly message: string;
  readonly details?: { readonly field?: string };
}

/** Fails unless an outcome is as the table wants it. */
export function expectOutcome(outcome: Outcome, want: Want, request: unknown): void {
  if (want === 'answer or text error') {
    if ('error' in outcome) expectError(outcome, { code: 'VALIDATION_ERROR', field: 'text' });
    else expectAnswer(outcome, 'answer', request);
  } else if (want === 'answer' || 'label' in want) expectAnswer(outcome, want, request);
  else expectError(outcome, want);
}

function expectError(outcome: Outcome, want: { code: string; field?: string; says?: string }): void {
  if ('answer' in outcome) throw new Error(`Expected ${want.code}, got ${JSON.stringify(outcome.answer)}`);
  const { code, status, message, details } = outcome.error;
  expect({ code, status }, message).toEqual({ code: want.code, status: STATUS[want.code] });
  expect(details?.field).toBe(want.field);
  expect(message).toContain(want.says ?? '');
  // Messages quote what they refuse, but never all of it.
  expect(message.length).toBeLessThan(500);
}

function expectAnswer(outcome: Outcome, want: 'answer' | { label: string }, request: unknown): void {
  if ('error' in outcome) throw new Error(`Expected an answer, got ${outcome.error.code}: ${outcome.error.message}`);
  const { label, confidence, results } = outcome.answer as { label: string; confidence: number; results?: object[] };
  if (results) {
    expect(results.at(-1)).toEqual(expect.objectContaining({ error: expect.any(String) }));
    return;
  }
  expect((request as { labels: string[] }).labels).toContain(label);
  expect(confidence).toBeGreaterThan(0);
  expect(confidence).toBeLessThanOrEqual(1);
  if (want !== 'answer') expect(label).toBe(want.label);
}

/** A check of the whole table against one classifier of this environment. */
export function badInputInJs(): (row: BadInput) => Promise<void> {
  const classer = createClasser({ cache: false });
  return async ({ method = 'classify', request, want }) => {
    await classer.ready();
    const made = request();
    const begun = performance.now();
    const call = async () => await classer[method](made as never);
    const outcome = await call().then(
      (answer): Outcome => ({ answer }),
      (error): Outcome => {
        expect(error).toBeInstanceOf(ClasserError);
        expect(error.detail).toBe(error.message);
        return { error };
      },
    );
    expect(performance.now() - begun).toBeLessThan(BOUND);
    expectOutcome(outcome, want, made);
    expect((await classer.classify(GOOD)).label).toBe('billing');
  };
}
