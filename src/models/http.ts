import { Deadline } from '../contract/deadline.js';
import { ClasserError } from '../contract/errors.js';
import { installFailure } from './failure.js';
import type { Incoming, Kept, Source } from './source.js';

/** A folder on a server, in the hub's layout. */
export class HttpSource implements Source {
  readonly name: string;
  readonly #seconds: number;

  /** `seconds` without a byte are taken for the end of the connection. */
  constructor(url: string, seconds: number) {
    this.name = url.endsWith('/') ? url : `${url}/`;
    this.#seconds = seconds;
  }

  async open(path: string, kept: Kept | undefined, signal: AbortSignal): Promise<Incoming | undefined> {
    const url = new URL(path, this.name).href;
    const deadline = new Deadline(this.#seconds, signal, (seconds) =>
      installFailure('stalled', `${url} sent nothing for ${seconds} seconds; install again to go on.`, { url }),
    );
    try {
      const { signal: within } = deadline;
      // A server that cannot go on with what is there is asked for all of it.
      const part = kept && (await request(url, kept, within));
      const response = part ?? (await request(url, undefined, within));
      if (response) return { ...described(response), body: bodyOf(url, response, deadline) };
      deadline.stop();
      return undefined;
    } catch (error) {
      deadline.stop();
      throw failed(url, error, deadline.signal);
    }
  }
}

/** What the server answers; undefined where it has no such file, or no longer the one that was kept. */
async function request(url: string, kept: Kept | undefined, signal: AbortSignal): Promise<Response | undefined> {
  const headers = kept && { Range: `bytes=${kept.size}-` };
  // What is kept here need not lie in the browser's cache, too, which would hold ranges up besides.
  const response = await fetch(url, { signal, cache: 'no-store', ...(headers && { headers }) });
  const { status } = response;
  // A part that nobody asked for is no file.
  if (kept ? status === 206 && continues(response, kept) : response.ok && status !== 206) return response;
  await response.body?.cancel();
  if (kept || status === 404 || status === 410) return undefined;
  if (status === 401 || status === 403) {
    throw installFailure('forbidden', `${url} answered ${status}; it may be read only with leave of its owner.`, {
      url,
    });
  }
  throw installFailure('network', `${url} answered ${status}; try again later.`, { url });
}

/** Versions are compared here: asking for it with `If-Range` would need leave of servers of other origins. */
const continues = (response: Response, { size, version }: Kept): boolean =>
  rangeOf(response)?.from === size && versionOf(response) === version;

function described(response: Response): Pick<Incoming, 'from' | 'total' | 'exact' | 'version'> {
  const range = rangeOf(response);
  if (range) return { ...range, exact: true, version: versionOf(response) };
  const length = Number(response.headers.get('content-length') ?? Number.NaN);
  // The length of something packed on the way is not that of the file.
  const plain = !response.headers.get('content-encoding');
  // A server of another origin may hide that it packs.
  const exact = response.type !== 'cors';
  const total = plain && Number.isFinite(length) ? length : undefined;
  return { from: 0, total, exact, version: plain ? versionOf(response) : undefined };
}

function rangeOf(response: Response): { from: number; total: number } | undefined {
  const [, from, total] = /^bytes (\d+)-\d+\/(\d+)$/.exec(response.headers.get('content-range') ?? '') ?? [];
  return response.status === 206 ? { from: Number(from), total: Number(total) } : undefined;
}

/** A weak tag does not promise the same bytes. */
function versionOf({ headers }: Response): string | undefined {
  const tag = headers.get('etag');
  return (tag?.startsWith('W/') ? undefined : tag) ?? headers.get('last-modified') ?? undefined;
}

async function* bodyOf(url: string, response: Response, deadline: Deadline): AsyncGenerator<Uint8Array> {
  const body = (response.body ?? new Blob().stream()).getReader();
  try {
    for (;;) {
      // Node's fetch waits for ever behind bytes that cannot be unpacked, whatever its signal says.
      const { done, value } = await deadline.before(body.read());
      if (done) return;
      deadline.restart();
      yield value;
    }
  } catch (error) {
    throw failed(url, error, deadline.signal);
  } finally {
    deadline.stop();
    body.cancel().catch(() => undefined);
  }
}

function failed(url: string, error: unknown, { aborted, reason }: AbortSignal): unknown {
  if (aborted && ClasserError.is(reason)) return reason;
  if (aborted || ClasserError.is(error)) return error;
  const message = `${url} could not be reached, or broke off; check the network and install again, which goes on.`;
  return installFailure('network', message, { url }, error);
}
