import { HOSTED } from '../contract/hosted.js';
import { isRoute } from '../contract/paths.js';
import { CLAIM, type Claim } from '../contract/relay.js';
import { askPages } from './ask.js';

interface ExtendableEvent {
  waitUntil(done: Promise<void>): void;
}
interface FetchEvent {
  readonly request: Request;
  respondWith(response: Promise<Response>): void;
}

/** What a service worker's global object has besides. */
interface Scope {
  addEventListener(type: 'fetch', listener: (event: FetchEvent) => void): void;
  addEventListener(
    type: 'message',
    listener: (event: ExtendableEvent & MessageEvent<Partial<Claim> | null>) => void,
  ): void;
  readonly clients: { claim(): Promise<void> };
  readonly location: { readonly origin: string };
}

const scope = globalThis as unknown as Scope;

// Of this origin the contract's routes only, as a site may have others below /v1. Nothing that is meant for the hosted
// API leaves the machine.
scope.addEventListener('fetch', (event) => {
  const { origin, pathname } = new URL(event.request.url);
  const ours = origin === HOSTED || (origin === scope.location.origin && isRoute(pathname));
  if (ours) event.respondWith(askPages(event.request));
});

scope.addEventListener('message', (event) => {
  if (event.data?.type === CLAIM) event.waitUntil(scope.clients.claim());
});
