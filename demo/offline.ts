import { CHANNEL, type Message, type PrecacheProgress } from './service-worker/precache.js';

const PAGES = 'classer-demo pages';

/** Milliseconds after which a service worker that still waits is asked again. */
const REPEAT = 500;

/**
 * Has the service worker fetch every file, and waits until it serves this page; the model is then read from
 * it, so that nothing is downloaded twice. False where that cannot be: the page then loads by itself.
 */
export async function install(onProgress: (progress: PrecacheProgress) => void): Promise<boolean> {
  const container = navigator.serviceWorker as ServiceWorkerContainer | undefined;
  if (!container) return false;
  const channel = new BroadcastChannel(CHANNEL);
  channel.onmessage = ({ data }: MessageEvent<PrecacheProgress>) => onProgress(data);
  try {
    const registration = await container.register(new URL('sw.js', document.baseURI));
    const served = registration.active !== null || (await serves(container, registration));
    void update(container, registration);
    return served;
  } catch {
    return false;
  } finally {
    channel.close();
  }
}

/** Whether the service worker holds all that the page needs without a network. */
export async function isHeld(): Promise<boolean> {
  const { active } = await navigator.serviceWorker.ready;
  const { port1, port2 } = new MessageChannel();
  const answer = new Promise<boolean>((resolve) => {
    port1.onmessage = ({ data }) => resolve(data === true);
  });
  tell(active, 'held', port2);
  return answer;
}

/** True once the first service worker serves this page, false if it could not be installed. */
function serves(container: ServiceWorkerContainer, registration: ServiceWorkerRegistration): Promise<boolean> {
  const worker = registration.installing ?? registration.waiting;
  return new Promise((resolve) => {
    const settle = () => {
      if (container.controller) resolve(true);
      else if (!worker || worker.state === 'redundant') resolve(false);
    };
    container.addEventListener('controllerchange', settle, { once: true });
    worker?.addEventListener('statechange', settle);
    settle();
  });
}

/**
 * Lets a newer version that came during the last visit take over, once no other page runs on the older one's
 * files and as long as the visitor has done nothing yet. Every page holds the lock that tells the others.
 */
async function update(container: ServiceWorkerContainer, { waiting }: ServiceWorkerRegistration): Promise<void> {
  if (waiting) {
    const used = new AbortController();
    const { signal } = used;
    for (const act of ['pointerdown', 'keydown']) addEventListener(act, () => used.abort(), { signal });
    container.addEventListener('controllerchange', () => location.reload(), { signal });
    await navigator.locks.request(PAGES, { signal }, () => replace(waiting, signal)).catch(() => undefined);
  }
  await navigator.locks.request(PAGES, { mode: 'shared' }, () => new Promise(() => undefined));
}

/**
 * Has a waiting service worker take over. Asked once it may wait for minutes: Chromium gives the change up when a
 * request reaches the older one at that very moment, and tries again only when asked again.
 */
function replace(waiting: ServiceWorker, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const ask = () => {
      if (waiting.state === 'installed' && !signal.aborted) return tell(waiting, 'replace');
      clearInterval(timer);
      resolve();
    };
    const timer = setInterval(ask, REPEAT);
    ask();
  });
}

function tell(worker: ServiceWorker | null, message: Message, ...ports: MessagePort[]): void {
  worker?.postMessage(message, ports);
}
