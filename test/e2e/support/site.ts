import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build, preview } from 'vite';

const configFile = resolve(import.meta.dirname, '../../../vite.config.ts');

/** The demo on a port of its own. */
export interface Site {
  readonly address: string;
  /** What it was asked for, in order: status and path. */
  readonly served: string[];
  /** Bytes on the wire so far, headers included. */
  bytes(): number;
  stop(): Promise<void>;
}

/** Builds the demo as `vite build` does, into a folder that the test removes. */
export async function builtDemo(): Promise<{ folder: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'classer-demo-'));
  await build({ configFile, mode: 'production', logLevel: 'warn', build: { outDir: folder, emptyOutDir: true } });
  return { folder, remove: () => rm(folder, { recursive: true }) };
}

/** Serves a built demo as `vite preview` does, on a free port unless one is given. */
export async function serve(folder: string, port = 0): Promise<Site> {
  const server = await preview({
    configFile,
    mode: 'production',
    logLevel: 'warn',
    build: { outDir: folder },
    preview: { port, strictPort: port !== 0, host: '127.0.0.1' },
  });
  const served: string[] = [];
  const sockets: Socket[] = [];
  server.httpServer.on('connection', (socket) => sockets.push(socket));
  // First in line, before the address is rewritten to that of a file.
  server.httpServer.prependListener('request', ({ url }, response) => {
    response.on('finish', () => served.push(`${response.statusCode} ${url}`));
  });
  return {
    address: `http://127.0.0.1:${(server.httpServer.address() as AddressInfo).port}/`,
    served,
    bytes: () => sockets.reduce((sum, { bytesWritten }) => sum + bytesWritten, 0),
    stop: () => server.close(),
  };
}
