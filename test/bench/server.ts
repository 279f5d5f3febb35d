import { once } from 'node:events';
import { readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { root } from './folders.js';

/** Headers that make a page cross-origin isolated, which threads need. */
const ISOLATED = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
};
const TYPES: Record<string, string> = {
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
};

export interface ServerOptions {
  /** Folder with `page/` and `hub/`. */
  readonly stage: string;
  readonly isolated?: boolean;
  /** Code put before the worker's own. */
  readonly prelude?: string;
}

/** A static server of the package, a blank page for each script, and what the stage holds. */
export interface Server extends AsyncDisposable {
  readonly url: string;
  /** Files sent, by path. */
  readonly sent: Map<string, Buffer>;
}

/** Everything may be cached for ever, as a good host would say of files that never change. */
export async function serve({ stage, isolated = false, prelude }: ServerOptions): Promise<Server> {
  const sent = new Map<string, Buffer>();
  const find = (path: string): Buffer | undefined => {
    const name = normalize(path);
    if (/^\/[\w-]+\.html$/.test(name)) return page(name.slice(1, -'.html'.length));
    const file = join(/^\/(dist|models)\//.test(name) ? root : stage, name);
    if (!statSync(file, { throwIfNoEntry: false })?.isFile()) return undefined;
    const body = readFileSync(file);
    return prelude && name === '/dist/worker.js' ? Buffer.concat([Buffer.from(prelude), body]) : body;
  };
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    const body = find(path);
    if (!body) return response.writeHead(404).end();
    sent.set(path, body);
    const type = TYPES[extname(path)] ?? (path.endsWith('.html') ? 'text/html' : 'application/octet-stream');
    const caching = { 'Cache-Control': 'public, max-age=31536000, immutable', 'Content-Length': body.length };
    response.writeHead(200, { 'Content-Type': type, ...caching, ...(isolated && ISOLATED) }).end(body);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    sent,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

const page = (script: string): Buffer =>
  Buffer.from(
    `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><script type="module" src="/page/${script}.js"></script>`,
  );
