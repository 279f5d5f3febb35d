import type { Classer } from '../client/classer.js';
import { HOSTED } from '../contract/hosted.js';
import { once } from '../contract/once.js';
import { createHandler, type Handler } from './handler.js';

/** Takes the place of `fetch` back. */
export type Uninstall = () => void;

/**
 * Lets this program's requests to `https://api.classer.ai` be answered here, so that the hosted SDK runs unchanged.
 *
 * Requests to other hosts are not touched. Without a classifier of the caller's own, one is made on the first request.
 *
 * @example
 * ```ts
 * import { installFetch } from 'classer-local/http';
 * const uninstall = installFetch();
 * const body = JSON.stringify({ text: 'I was charged twice', labels: ['billing', 'praise'] });
 * const response = await fetch('https://api.classer.ai/v1/classify', { method: 'POST', body });
 * console.log((await response.json()).label); // billing
 * uninstall();
 * ```
 */
export type InstallFetch = (classer?: Classer) => Uninstall;

/** `installFetch` for one environment, whose own classifier answers where the caller brings none. */
export const createInstall =
  (own: () => Promise<Classer>): InstallFetch =>
  (classer) => {
    const handler = once(async () => createHandler(classer ?? (await own())));
    const before = globalThis.fetch;
    const mark: Mark = { before, installed: true };
    const ours: typeof fetch = (input, init) =>
      mark.installed && isHosted(input) ? answer(handler, input, init) : before.call(globalThis, input, init);
    globalThis.fetch = Object.assign(ours, { [MARK]: mark });
    return () => {
      // Whoever put a fetch of their own over ours keeps it; ours then only passes on.
      mark.installed = false;
      for (let top = markOf(globalThis.fetch); top && !top.installed; top = markOf(top.before)) {
        globalThis.fetch = top.before;
      }
    };
  };

/** What a fetch of ours lies over, and whether it still answers. */
interface Mark {
  readonly before: typeof fetch;
  installed: boolean;
}

// Under a registered symbol: one installed by another entry of the package is to be known too.
const MARK = Symbol.for('classer.fetch');
const markOf = (one: typeof fetch): Mark | undefined => (one as { [MARK]?: Mark })[MARK];

function isHosted(input: RequestInfo | URL): boolean {
  const address = typeof input === 'object' && 'url' in input ? input.url : String(input);
  try {
    return new URL(address).origin === HOSTED;
  } catch {
    // A page's own address, written without its origin.
    return false;
  }
}

/** As `fetch` does, it rejects with the signal's reason, and otherwise answers whatever happens. */
async function answer(
  handler: () => Promise<Handler>,
  input: RequestInfo | URL,
  init: RequestInit | undefined,
): Promise<Response> {
  const request = new Request(input, init);
  const { signal } = request;
  signal.throwIfAborted();
  const response = handler().then((handle) => handle(request));
  let abort = () => {};
  const aborted = new Promise<never>((_, reject) => {
    abort = () => reject(signal.reason);
    signal.addEventListener('abort', abort);
  });
  return Promise.race([response, aborted]).finally(() => signal.removeEventListener('abort', abort));
}
