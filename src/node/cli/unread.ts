import { type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { failure } from '../../contract/errors.js';
import { refuseUnread } from '../../http/refusal.js';

/** Has a server answer in the contract's shape what Node's parser refuses, and what is no request of ours. */
export function answerUnread(server: Server, classer: object, running: ReadonlySet<ServerResponse>): void {
  const refuse = async (cause: Error, socket: Duplex) => {
    // Nobody reads any more, or is in the middle of another answer.
    const begun = [...running].some((response) => response.socket === socket && response.headersSent);
    if (!socket.writable || begun) return socket.destroy();
    const response = refuseUnread(classer, cause);
    const body = await response.text();
    const { status, headers } = response;
    headers.set('Content-Length', String(Buffer.byteLength(body)));
    headers.set('Connection', 'close');
    const head = [...headers].map(([name, value]) => `${name}: ${value}\r\n`).join('');
    socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${head}\r\n${body}`, () => socket.destroy());
  };
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    const late = error.code === 'ERR_HTTP_REQUEST_TIMEOUT';
    void refuse(late ? failure('TIMEOUT', 'The headers did not come in time.', undefined, error) : error, socket);
  });
  server.on('connect', ({ method }: IncomingMessage, socket) => {
    void refuse(new Error(`there is nothing to ${method} to`), socket);
  });
}
