/** What a failed call tells its caller, whatever realm or copy of the package the error is from. */
export interface Rejection extends Error {
  readonly code: string;
  readonly status: number | undefined;
  readonly detail: string | undefined;
  readonly details: { readonly field?: string; readonly [key: string]: unknown } | undefined;
}

/** The error that a promise rejects with; throws when it resolves. */
export async function rejection(promise: Promise<unknown>): Promise<Rejection> {
  const answer = await promise.then(
    (value) => ({ value }),
    (error: Rejection) => ({ error }),
  );
  if ('error' in answer) return answer.error;
  throw new Error(`Expected a rejection, got ${JSON.stringify(answer.value)?.slice(0, 200)}.`);
}

/** Milliseconds until a promise settles, either way. */
export async function settledIn(promise: Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await promise.catch(() => undefined);
  return performance.now() - begun;
}
