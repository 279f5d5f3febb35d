/**
 * What a service worker and a page say to each other.
 *
 * The worker asks every page `hello` over a port each; a page with a classifier answers on it, and gets the request there.
 */
export interface Hello {
  readonly type: 'classer-local hello';
}

/** A page's wish to have its requests answered: one that was reloaded by force has no service worker in between. */
export interface Claim {
  readonly type: 'classer-local claim';
}

/** A page's offer to answer. */
export interface Offer {
  readonly type: 'offer';
  /** A Web Lock that the page holds for as long as it lives. */
  readonly lock: string;
}

/** A request or response without its body, or the end of one. */
export interface RelayedRequest {
  readonly type: 'request';
  readonly url: string;
  readonly method: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: ReadableStream<Uint8Array<ArrayBuffer>> | ArrayBuffer | null;
}

export interface RelayedResponse {
  readonly type: 'response';
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: ReadableStream<Uint8Array<ArrayBuffer>> | ArrayBuffer | null;
}

export interface Abort {
  readonly type: 'abort';
}

export const HELLO = 'classer-local hello';
export const CLAIM = 'classer-local claim';

/** Sends a message with its body, as a stream where streams can be sent, else whole. */
export async function sendWithBody(
  port: MessagePort,
  message: Omit<RelayedRequest, 'body'> | Omit<RelayedResponse, 'body'>,
  source: Request | Response,
): Promise<void> {
  const { body } = source;
  if (!body) return port.postMessage({ ...message, body: await wholeOf(source) });
  try {
    port.postMessage({ ...message, body }, [body as unknown as Transferable]);
  } catch {
    port.postMessage({ ...message, body: await wholeOf(source) });
  }
}

/** Some browsers do not give a request's body as a stream. */
async function wholeOf(source: Request | Response): Promise<ArrayBuffer | null> {
  const bytes = await source.arrayBuffer();
  return bytes.byteLength > 0 ? bytes : null;
}
