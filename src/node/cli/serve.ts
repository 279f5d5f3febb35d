import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Server as NetServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { getRequestListener } from '@hono/node-server';
import type { Classer } from '../../client/classer.js';
import { numberOf } from '../../contract/checks.js';
import { failure, invalid } from '../../contract/errors.js';
import { checkOrigin } from '../../http/guard.js';
import { createHandler } from '../../http/handler.js';
import { refuseUnread } from '../../http/refusal.js';
import type { Options } from './options.js';
import { answerUnread } from './unread.js';

/** Milliseconds that what runs is given to end, once the process is told to. */
const PATIENCE = 30_000;

/** Milliseconds in which a client whose connection is kept open may not have heard yet that the server ends. */
const KEPT_ALIVE = 1000;

/** The handler has time limits of its own for bodies: Node's would cut an upload short after five minutes. */
const LIMITS = {
  requestTimeout: 0,
  headersTimeout: 30_000,
  connectionsCheckingInterval: 1000,
  // Its absence is answered as every other mistake is.
  requireHostHeader: false,
};

/** Bytes of a refused body that come all the same, so that its connection goes on. */
const LITTLE = 100_000;

/** Serves the contract's routes until the process is told to stop. */
export async function serve(classer: Classer, options: Options): Promise<void> {
  const port = whole(options.port ?? '8787', 'port', 65_535);
  const hostname = options.host ?? '127.0.0.1';
  const handle = createHandler(classer, {
    maxBody: optional(options['max-body'], 'max-body'),
    origins: options.origin?.map((origin) => checkOrigin(origin, '--origin')),
    hosts: ['localhost', hostname, ...(options['allow-host'] ?? [])],
    requireKey: options['require-key'],
    rateLimit: {
      requests: optional(options['rate-limit'], 'rate-limit'),
      tokens: optional(options['rate-limit-tokens'], 'rate-limit-tokens'),
    },
  });
  const fetch = async (request: Request, { incoming }: { incoming: object }) => {
    const response = await handle(request);
    const { complete, headers } = incoming as IncomingMessage;
    const little = Number(headers['content-length']) <= LITTLE && response.status !== 408;
    // What was refused half-read is not read to its end.
    if (!response.ok && !complete && !little) response.headers.set('Connection', 'close');
    return response;
  };
  const errorHandler = (cause: unknown) => refuseUnread(classer, cause);
  const server = createServer(LIMITS, getRequestListener(fetch, { errorHandler }));
  try {
    await once(server.listen(port, hostname), 'listening');
  } catch (cause) {
    const { code } = cause as { code?: string };
    const why = code === 'EADDRINUSE' ? 'it is in use' : String(code);
    throw failure('BAD_REQUEST', `Port ${port} of ${hostname} cannot be opened: ${why}.`, { field: 'port' }, cause);
  }
  const address = server.address();
  const real = typeof address === 'object' && address ? address.port : port;
  const running = new Set<ServerResponse>();
  answerUnread(server, classer, handle, running);
  const stopped = new AbortController();
  server.prependListener('request', (_: IncomingMessage, response: ServerResponse) => {
    if (stopped.signal.aborted) lastOf(response);
    running.add(response);
    response.once('close', () => running.delete(response));
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopped.abort());
  process.stdout.write(
    `classer is listening on http://${hostname.includes(':') ? `[${hostname}]` : hostname}:${real}\n`,
  );
  // The first request should not pay for loading; if loading fails, requests say why.
  classer.ready().catch((error: Error) => {
    if (!stopped.signal.aborted) process.stderr.write(`classer: ${error.message}\n`);
  });
  // A job whose server died goes on with the next one.
  classer.jobs.resume().catch((error: Error) => void process.stderr.write(`classer: ${error.message}\n`));
  await once(stopped.signal, 'abort');
  await close(server, running);
  await classer.dispose();
}

/** Lets the requests in flight end, and those that come on connections kept open: each connection ends with its answer. */
async function close(server: Server, running: ReadonlySet<ServerResponse>): Promise<void> {
  const closed = once(server, 'close');
  // An HTTP server's own close() ends idle connections at once, also one on which the next request is under way.
  NetServer.prototype.close.call(server);
  for (const response of running) lastOf(response);
  const late = setTimeout(() => server.closeAllConnections(), PATIENCE);
  await Promise.race([closed, sleep(KEPT_ALIVE)]);
  for (const response of running) await once(response, 'close');
  clearTimeout(late);
  // Those on which nothing was asked.
  server.closeAllConnections();
  await closed;
}

/** Tells the client that its connection ends with this response. */
function lastOf(response: ServerResponse): void {
  if (!response.headersSent) response.setHeader('Connection', 'close');
}

const optional = (value: string | undefined, field: string): number | undefined =>
  value === undefined ? undefined : whole(value, field, 2 ** 31);

function whole(value: string, field: string, max: number): number {
  const found = numberOf(value);
  if (found !== undefined && Number.isInteger(found) && found >= 0 && found <= max) return found;
  throw invalid(field, `--${field} must be a whole number from 0 to ${max}, not ${JSON.stringify(value)}.`);
}
