import { CHANNEL, type Message, type Precache, type PrecacheProgress } from './precache.js';
import { type FetchEvent, scope } from './scope.js';
import { Shelf } from './shelf.js';

declare const PRECACHE: Precache;

const folder = scope.registration.scope;
const shelf = new Shelf(PRECACHE, folder);

/** Milliseconds between two reports of progress. */
const INTERVAL = 50;

scope.addEventListener('install', (event) => event.waitUntil(install()));

scope.addEventListener('activate', (event) => {
  event.waitUntil(shelf.removeOthers().then(() => scope.clients.claim()));
});

scope.addEventListener('message', (event) => {
  const message = event.data as Message;
  if (message === 'replace') event.waitUntil(scope.skipWaiting());
  if (message === 'held') event.waitUntil(held().then((all) => event.ports[0]?.postMessage(all)));
});

scope.addEventListener('fetch', (event) => {
  const address = addressOf(event.request);
  if (address) event.respondWith(answer(address, event));
});

/** All files or none: a version of which one file is missing never serves a page. */
async function install(): Promise<void> {
  const channel = new BroadcastChannel(CHANNEL);
  let last = 0;
  const report = (progress: PrecacheProgress) => {
    if (progress.done < progress.total && performance.now() - last < INTERVAL) return;
    last = performance.now();
    channel.postMessage(progress);
  };
  try {
    await shelf.fill(report);
  } catch (error) {
    await shelf.remove();
    throw error;
  } finally {
    channel.close();
  }
}

/** Whether every file is here; fetches again what the browser threw out. */
function held(): Promise<boolean> {
  return shelf
    .fill(() => undefined)
    .then(
      () => true,
      () => false,
    );
}

/** Address of the file that answers a request, or undefined for what is not ours. */
function addressOf({ method, mode, url }: Request): string | undefined {
  if (method !== 'GET' || !url.startsWith(folder)) return undefined;
  const { origin, pathname } = new URL(url);
  const address = origin + pathname;
  if (shelf.has(address)) return address;
  return mode === 'navigate' ? folder : undefined;
}

async function answer(address: string, { request }: FetchEvent): Promise<Response> {
  return (await shelf.get(address)) ?? (await fetch(request));
}
