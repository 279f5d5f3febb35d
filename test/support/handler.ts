import type { Classer } from 'classer-local';
import { createHandler, type Handler, type HandlerOptions } from 'classer-local/http';
import { createClasser } from 'classer-local/test';

/** A handler over the fake engine, and what is behind it. */
export interface TestHandler {
  readonly classer: Classer;
  readonly handle: Handler;
  /** Sends a request; an object as body goes as JSON. */
  send(method: string, path: string, body?: unknown, headers?: HeadersInit): Promise<Response>;
}

/** A handler whose answers are made without weights. */
export function testHandler(options: HandlerOptions = {}, settings: Parameters<typeof createClasser>[0] = {}) {
  const classer = createClasser(settings);
  const handle = createHandler(classer, options);
  const send = (method: string, path: string, body?: unknown, headers: HeadersInit = {}) => {
    const raw = typeof body === 'string' || body instanceof Blob || body instanceof ReadableStream;
    const sent = body === undefined ? {} : { body: raw ? (body as BodyInit) : JSON.stringify(body), duplex: 'half' };
    return handle(new Request(`http://localhost${path}`, { method, headers, ...sent }));
  };
  return { classer, handle, send } satisfies TestHandler;
}
