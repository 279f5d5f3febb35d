import { HOSTED } from '../contract/hosted.js';
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

// The routes of this origin, and the hosted API's for a program that asks there; all else is not touched.
scope.addEventListener('fetch', (event) => {
  const { origin, pathname } = new URL(event.request.url);
  const here = origin === scope.location.origin || origin === HOSTED;
  if (here && pathname.startsWith('/v1/')) event.respondWith(askPages(event.request));
});
