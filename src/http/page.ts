import type { Classer } from '../client/classer.js';
import { endOf } from '../client/end.js';
import { randomHex } from '../contract/random.js';
import {
  type Abort,
  CLAIM,
  type Claim,
  HELLO,
  type Offer,
  type RelayedRequest,
  sendWithBody,
} from '../contract/relay.js';
import { createHandler } from './handler.js';

/**
 * Lets the page's service worker, with `classer-local/service-worker` in it, have the contract's routes answered by this page:
 * a service worker has no worker of its own for the model. A page that has no service worker in between yet, on a first
 * visit or after a forced reload, gets one. It ends with the classifier, or by the function that is answered.
 *
 * ```js
 * // sw.js
 * importScripts('/service-worker.js'); // dist/service-worker.js of this package
 * // the page
 * await navigator.serviceWorker.register('/sw.js');
 * serveServiceWorker(createClasser());
 * // once `navigator.serviceWorker.controller` is there
 * await fetch('/v1/classify', { method: 'POST', body });
 * ```
 */
export function serveServiceWorker(classer: Classer): () => void {
  const handle = createHandler(classer);
  // A job whose page was closed goes on with the next one.
  classer.jobs.resume().catch(() => undefined);
  const lock = `classer-local page ${randomHex(8)}`;
  const ended = new AbortController();
  // Held until the page is gone, so that the service worker learns of it.
  const held = new Promise<void>((resolve) => {
    void navigator.locks.request(lock, () => {
      resolve();
      return new Promise<void>((free) => ended.signal.addEventListener('abort', () => free()));
    });
  });
  const listen = async ({ data, ports }: MessageEvent) => {
    const [port] = ports;
    if (data?.type !== HELLO || !port) return;
    await held;
    port.postMessage({ type: 'offer', lock } satisfies Offer);
    const controller = new AbortController();
    port.onmessage = ({ data: message }: MessageEvent<RelayedRequest | Abort>) => {
      if (message.type === 'abort') controller.abort();
      else void answer(message, port, controller.signal);
    };
  };
  const answer = async ({ url, method, headers, body }: RelayedRequest, port: MessagePort, signal: AbortSignal) => {
    const init = { method, headers: headers.map(([name, value]): [string, string] => [name, value]), signal };
    const request = new Request(url, body === null ? init : ({ ...init, body, duplex: 'half' } as RequestInit));
    const response = await handle(request);
    await sendWithBody(port, { type: 'response', status: response.status, headers: [...response.headers] }, response);
  };
  const { serviceWorker } = navigator;
  serviceWorker.addEventListener('message', listen);
  serviceWorker.startMessages();
  if (!serviceWorker.controller) {
    void serviceWorker.ready.then(({ active }) => active?.postMessage({ type: CLAIM } satisfies Claim));
  }
  const end = () => {
    ended.abort();
    serviceWorker.removeEventListener('message', listen);
  };
  // Another page may answer where this one cannot any more.
  endOf(classer)?.addEventListener('abort', end, { once: true });
  return end;
}
