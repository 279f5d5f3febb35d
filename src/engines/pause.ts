/** Lets messages in, such as an abort, and throws the signal's reason when it has fired. */
export async function pause(signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  await macrotask();
  signal.throwIfAborted();
}

function macrotask(): Promise<void> {
  const { setImmediate } = globalThis as { setImmediate?: (run: () => void) => void };
  if (setImmediate) return new Promise((resolve) => setImmediate(() => resolve()));
  // A message queues up behind those already sent. `scheduler.yield` would overtake them, so that an abort would
  // never be heard, and a timer would cost 4 ms.
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
