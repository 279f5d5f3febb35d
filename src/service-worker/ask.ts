import { isMetered } from '../contract/endpoints.js';
import { failure, STATUS } from '../contract/errors.js';
import { requestId } from '../contract/random.js';
import { rateHeaders } from '../contract/rate.js';
import { type Abort, HELLO, type Hello, type Offer, type RelayedResponse, sendWithBody } from '../contract/relay.js';
import { errorToBody } from '../contract/wire.js';

/** Milliseconds in which a page must say that it can answer. */
const OFFER = 3000;

/** What a service worker's global object has besides. */
interface Scope {
  readonly clients: {
    matchAll(which: { type: 'window'; includeUncontrolled: boolean }): Promise<readonly Page[]>;
  };
}
interface Page {
  postMessage(message: Hello, transfer: Transferable[]): void;
}

interface Offered extends Offer {
  readonly port: MessagePort;
}

/** Has a living page answer; 503 where there is none, or where it closes before it answered. */
export async function askPages(request: Request): Promise<Response> {
  try {
    return await relay(request, await firstOffer());
  } catch (error) {
    const body = errorToBody(error);
    // A page sets no limits, so that they are known without one.
    const limits = isMetered(request.method, new URL(request.url).pathname) ? rateHeaders() : {};
    const headers = { 'Retry-After': '1', 'X-Request-ID': requestId(), ...limits };
    return Response.json(body, { status: STATUS[body.code], headers });
  }
}

async function firstOffer(): Promise<Offered> {
  const { clients } = globalThis as unknown as Scope;
  const pages = await clients.matchAll({ type: 'window', includeUncontrolled: true });
  const ports: MessagePort[] = [];
  const offered = await new Promise<Offered | undefined>((resolve) => {
    setTimeout(() => resolve(undefined), OFFER);
    for (const page of pages) {
      const { port1, port2 } = new MessageChannel();
      ports.push(port1);
      port1.onmessage = ({ data }: MessageEvent<Offer>) => resolve({ ...data, port: port1 });
      page.postMessage({ type: HELLO }, [port2]);
    }
    if (pages.length === 0) resolve(undefined);
  });
  for (const port of ports) if (port !== offered?.port) port.close();
  if (offered) return offered;
  const advice = 'Open a page that calls serveServiceWorker from classer-local/http.';
  throw failure('MODEL_UNAVAILABLE', `No open page can answer. ${advice}`);
}

/** Has the page answer. Until the answer is there to its end, a page that is gone ends it with WORKER_LOST. */
async function relay(request: Request, { port, lock }: Offered): Promise<Response> {
  const { url, method, signal } = request;
  const [watch, stop] = [new AbortController(), new AbortController()];
  // The page's lock comes free when the page is gone.
  const gone = () => stop.abort(failure('WORKER_LOST', 'The page that answered was closed. Ask again.'));
  navigator.locks.request(lock, { signal: watch.signal }, gone).catch(() => undefined);
  const tell = () => port.postMessage({ type: 'abort' } satisfies Abort);
  const abort = () => {
    tell();
    stop.abort(signal.reason);
  };
  signal.addEventListener('abort', abort);
  const end = () => {
    watch.abort();
    signal.removeEventListener('abort', abort);
    port.close();
  };
  try {
    const answered = new Promise<RelayedResponse>((resolve, reject) => {
      port.onmessage = ({ data }: MessageEvent<RelayedResponse>) => resolve(data);
      stop.signal.addEventListener('abort', () => reject(stop.signal.reason));
    });
    // The page may be gone before all of the request is read.
    answered.catch(() => undefined);
    await sendWithBody(port, { type: 'request', url, method, headers: [...request.headers] }, request);
    const { status, headers, body } = await answered;
    const init = { status, headers: headers.map(([name, value]): [string, string] => [name, value]) };
    if (!(body instanceof ReadableStream)) {
      end();
      return new Response(body, init);
    }
    const { readable, writable } = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>();
    // Nobody else would end the stream of a page that is gone, or tell a page that its reader is.
    void body.pipeTo(writable, { signal: stop.signal }).catch(tell).finally(end);
    return new Response(readable, init);
  } catch (error) {
    end();
    throw error;
  }
}
