/** Lets messages in, such as an abort, and throws the signal's reason when it has fired. */
export async function pause(signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  await macrotask();
  signal.throwIfAborted();
}

function macrotask(): Promise<void> {
  const { setImmediate, scheduler } = globalThis as {
    setImmediate?: (run: () => void) => void;
    scheduler?: { yield?: () => Promise<void> };
  };
  if (setImmediate) return new Promise((resolve) => setImmediate(() => resolve()));
  return scheduler?.yield?.() ?? new Promise((resolve) => setTimeout(resolve));
}
