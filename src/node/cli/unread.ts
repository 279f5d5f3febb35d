import { type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { failure } from '../../contract/errors.js';
import { refuseUnread } from '../../http/refusal.js';

/** Has a server answer in the contract's shape what Node's parser refuses, and what is no request of ours. */
export function answerUnread(
  server: Server,
  classer: object,
  handle: (request: Request) => Promise<Response>,
  running: ReadonlySet<ServerResponse>,
): void {
  const refuse = (cause: Error, socket: Duplex) => answer(refuseUnread(classer, cause), socket);
  const answer = async (response: Response, socket: Duplex) => {
    // Nobody reads any more, or is in the middle of another answer.
    const begun = [...running].some((response) => response.socket === socket && response.headersSent);
    if (!socket.writable || begun) return socket.destroy();
    const body = await response.text();
    const { status, headers } = response;
    headers.set('Content-Length', String(Buffer.byteLength(body)));
    headers.set('Connection', 'close');
    const head = [...headers].map(([name, value]) => `${name}: ${value}\r\n`).join('');
    socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${head}\r\n${body}`, () => socket.destroy());
  };
  server.on('clientError', async (error: NodeJS.ErrnoException & { rawPacket?: Buffer }, socket) => {
    const unusual = error.code === 'HPE_INVALID_METHOD' && requestOf(error.rawPacket);
    if (unusual) return answer(await handle(unusual), socket);
    const late = error.code === 'ERR_HTTP_REQUEST_TIMEOUT';
    return refuse(late ? failure('TIMEOUT', 'The headers did not come in time.', undefined, error) : error, socket);
  });
  server.on('connect', ({ method }: IncomingMessage, socket) => {
    void refuse(new Error(`there is nothing to ${method} to`), socket);
  });
  server.on('checkExpectation', ({ headers }: IncomingMessage, response: ServerResponse) => {
    const { socket } = response;
    if (socket) void refuse(new Error(`nothing is known of the expectation ${JSON.stringify(headers.expect)}`), socket);
  });
}

/** A request whose method Node's parser does not know, without its body: what else is wrong with it does not matter. */
function requestOf(packet: Buffer | undefined): Request | undefined {
  const [, method, path] =
    /^([!#$%&'*+.^_`|~\w-]+) (\/\S*) HTTP\/1\.[01]\r?\n/.exec(packet?.toString('latin1') ?? '') ?? [];
  try {
    return method && path ? new Request(`http://localhost${path}`, { method }) : undefined;
  } catch {
    // Some methods no request may have.
    return undefined;
  }
}
