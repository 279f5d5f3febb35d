import { HOSTED } from '../contract/hosted.js';
import { isRoute } from '../contract/paths.js';
import { askPages } from './ask.js';

interface FetchEvent {
  readonly request: Request;
  respondWith(response: Promise<Response>): void;
}

/** What a service worker's global object has besides. */
interface Scope {
  addEventListener(type: 'fetch', listener: (event: FetchEvent) => void): void;
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
