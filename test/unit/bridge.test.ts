import { MessageChannel } from 'node:worker_threads';
import { afterEach, describe, expect, test } from 'vitest';
import { Connection, expose, type Methods } from '../../src/bridge/bridge.js';
import { nodeEndpoint } from '../../src/bridge/node.js';
import { failure, invalid } from '../../src/contract/errors.js';

const ports: { close(): void }[] = [];
afterEach(() => {
  for (const port of ports.splice(0)) port.close();
});

/** Both sides of a real message channel. */
function connect(methods: Methods): Connection {
  const { port1, port2 } = new MessageChannel();
  ports.push(port1, port2);
  expose(methods, nodeEndpoint(port1));
  return new Connection(nodeEndpoint(port2));
}

const never = (_: never, { signal }: { signal: AbortSignal }) =>
  new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));

describe('a call', () => {
  test('answers a value', async () => {
    const connection = connect({ double: async (n: number) => 2 * n });
    expect(await connection.call('double', 21)).toBe(42);
    expect(connection.pending).toBe(0);
  });

  test('rejects with the far error, class, code and details restored', async () => {
    const connection = connect({
      async fail() {
        throw invalid('labels', 'labels[0] is empty.');
      },
      async crash() {
        throw new TypeError('odd');
      },
    });
    await expect(connection.call('fail', null)).rejects.toMatchObject({
      name: 'ClasserError',
      code: 'VALIDATION_ERROR',
      status: 422,
      message: 'labels[0] is empty.',
      details: { field: 'labels' },
    });
    await expect(connection.call('crash', null)).rejects.toMatchObject({ code: 'INTERNAL', message: /odd/ });
    await expect(connection.call('missing', null)).rejects.toMatchObject({ code: 'INTERNAL' });
  });

  test('passes progress on to its own caller only', async () => {
    const connection = connect({
      async count(name: string, { onProgress }) {
        for (let i = 1; i <= 3; i++) onProgress(`${name}${i}`);
      },
    });
    const seen: string[] = [];
    const other: string[] = [];
    await Promise.all([
      connection.call('count', 'a', { onProgress: (event: string) => seen.push(event) }),
      connection.call('count', 'b', { onProgress: (event: string) => other.push(event) }),
    ]);
    expect(seen).toEqual(['a1', 'a2', 'a3']);
    expect(other).toEqual(['b1', 'b2', 'b3']);
  });

  test('moves buffers of its transfer list', async () => {
    const connection = connect({ size: async ({ buffer }: { buffer: ArrayBuffer }) => buffer.byteLength });
    const buffer = new ArrayBuffer(64);
    expect(await connection.call('size', { buffer }, { transfer: [buffer] })).toBe(64);
    expect(buffer.byteLength).toBe(0);
  });

  test('rejects at once when its signal fires, and tells the other side', async () => {
    let stopped = false;
    const connection = connect({
      async wait(_: never, { signal }) {
        signal.addEventListener('abort', () => (stopped = true));
        await never(_, { signal });
      },
      stopped: async () => stopped,
    });
    const controller = new AbortController();
    const reason = new Error('the page was left');
    const call = connection.call('wait', null, { signal: controller.signal });
    controller.abort(reason);
    await expect(call).rejects.toMatchObject({ code: 'ABORTED', cause: reason });
    expect(await connection.call('stopped', null)).toBe(true);
    const late = connection.call('wait', null, { signal: controller.signal });
    await expect(late).rejects.toMatchObject({ code: 'ABORTED' });
  });

  test('settles when the other side is lost, and so does every later one', async () => {
    const connection = connect({ never });
    const calls = [connection.call('never', 1), connection.call('never', 2)];
    connection.lose(failure('WORKER_LOST', 'gone'));
    for (const call of calls) await expect(call).rejects.toMatchObject({ code: 'WORKER_LOST' });
    await expect(connection.call('never', 3)).rejects.toMatchObject({ code: 'WORKER_LOST' });
    expect(connection.pending).toBe(0);
  });

  test('rejects when its argument cannot be sent', async () => {
    const connection = connect({ echo: async (value: unknown) => value });
    await expect(connection.call('echo', () => 1)).rejects.toThrow();
    expect(await connection.call('echo', 1)).toBe(1);
  });
});
