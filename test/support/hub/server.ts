import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';
import { hubFolder } from './model.js';

type Bytes = Uint8Array;

/** What a server does with a file: `send` answers as servers should. */
interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly path: string;
  readonly file: Bytes | undefined;
  readonly send: (file: Bytes | undefined, headers?: Record<string, string>) => void;
}

const PAGE = Buffer.from('<!doctype html><title>A single-page app</title>');
const POINTER = Buffer.from('version https://git-lfs.github.com/spec/v1\noid sha256:0123\nsize 133\n');
const isWeights = (path: string) => path.endsWith('.onnx');

/** Pieces of the half of a file that is sent, and milliseconds between them: a slow line, so that progress is told. */
const PIECES = 8;
const APART = 25;

/** Answers with the first half of a file, and then does as told. */
function half({ response, file = PAGE }: Exchange, then: () => void): void {
  const headers = { 'Content-Length': file.length, ETag: tagOf(file), 'Accept-Ranges': 'bytes' };
  response.writeHead(200, headers);
  const piece = Math.ceil(file.length / 2 / PIECES);
  const send = (index: number) => {
    if (index === PIECES) return then();
    response.write(file.subarray(index * piece, (index + 1) * piece), () => setTimeout(send, APART, index + 1));
  };
  send(0);
}

const flipped = (file: Bytes = PAGE, at: number) => {
  const copy = Buffer.from(file);
  copy[at] = (copy[at] ?? 0) ^ 0xff;
  return copy;
};

/** Answers with what is said to be the file in gzip, as servers do that keep it so. */
function packed({ response, path }: Exchange, content: Bytes): void {
  const headers = { 'Access-Control-Allow-Origin': '*', 'Content-Encoding': 'gzip', 'Content-Length': content.length };
  response.writeHead(200, { ...headers, ETag: `"${path}"` }).end(content);
}

/** By name, what goes wrong with a file; undefined leaves it as it is. */
const FAULTS: Record<string, (exchange: Exchange) => unknown> = {
  none: ({ send, file }) => send(file),
  cut: (it) => (isWeights(it.path) ? half(it, () => it.response.destroy()) : it.send(it.file)),
  stall: (it) => (isWeights(it.path) ? half(it, () => undefined) : it.send(it.file)),
  corrupt: ({ path, file, send }) => send(isWeights(path) ? flipped(file, 3) : file),
  tampered: ({ path, file, send }) => send(isWeights(path) ? flipped(file, (file?.length ?? 0) - 2000) : file),
  short: ({ path, file, send, response }) =>
    isWeights(path) && file ? response.end(file.subarray(0, Math.min(100_000, file.length >> 1))) : send(file),
  packed: (it) => (it.file ? packed(it, gzipSync(it.file)) : it.send(undefined)),
  mangled: (it) => (isWeights(it.path) && it.file ? packed(it, flipped(gzipSync(it.file), 500)) : it.send(it.file)),
  part: ({ path, file, response, send }) => (isWeights(path) ? response.writeHead(206).end(file) : send(file)),
  empty: ({ path, file, send, response }) => (isWeights(path) ? response.end() : send(file)),
  page: ({ path, file, send }) => send(isWeights(path) ? PAGE : file, { 'Content-Type': 'text/html' }),
  app: ({ send }) => send(PAGE, { 'Content-Type': 'text/html' }),
  unprepared: ({ path, file, send }) => send(path === 'preprocessor_config.json' ? PAGE : file),
  pointer: ({ path, file, send }) => send(isWeights(path) ? POINTER : file),
  torn: ({ path, file, send, response }) =>
    path === 'tokenizer.json' ? response.end(file?.subarray(0, file.length >> 1)) : send(file),
  broken: ({ path, file, send }) => send(path === 'config.json' ? Buffer.from('{"model_type":') : file),
  enormous({ path, file, send, response }) {
    if (!isWeights(path)) return send(file);
    response.writeHead(200, { 'Content-Length': 3_000_000_000 }).write(file?.subarray(0, 1000));
  },
  forbidden: ({ response }) => response.writeHead(401).end('no'),
  busy: ({ response }) => response.writeHead(503).end('later'),
  redirect: ({ request, response }) =>
    response.writeHead(302, { Location: request.url?.replace('/redirect/', '/none/') }).end(),
};

/** What was asked of a part of the server. */
export interface Asked {
  readonly path: string;
  readonly range: string | undefined;
}

/**
 * A hub at `/hub/FAULT/KEY/owner/name/resolve/main/…` that does one thing wrong.
 *
 * KEY keeps tests apart: `/hub/FAULT/KEY/asked` says what was asked for; after a request to `/hub/FAULT/KEY/mend` it
 * does nothing wrong, after `…/mend?as=owner/name` it serves that model's files in the place of every other's, and after
 * `…/mend?fault=FAULT` it does another thing wrong.
 */
export function hub(): (request: IncomingMessage, response: ServerResponse) => boolean {
  const asked = new Map<string, Asked[]>();
  const mended = new Map<string, { readonly as: string | null; readonly fault: string }>();
  return (request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const [, fault = '', key = '', rest = ''] = /^\/hub\/(\w+)\/([\w-]+)\/(.+)$/.exec(url.pathname) ?? [];
    const act = FAULTS[fault];
    if (!act) return false;
    const where = `${fault}/${key}`;
    if (rest === 'asked') return Boolean(response.end(JSON.stringify(asked.get(where) ?? [])));
    if (rest === 'mend') {
      const { searchParams } = url;
      mended.set(where, { as: searchParams.get('as'), fault: searchParams.get('fault') ?? 'none' });
      return Boolean(response.end('mended'));
    }
    const [, id = '', path = ''] = /^([^/]+\/[^/]+)\/(?:resolve\/[^/]+\/)?(.+)$/.exec(rest) ?? [];
    asked.set(where, [...(asked.get(where) ?? []), { path, range: request.headers.range }]);
    const now = mended.get(where);
    const file = hubFolder(now?.as || id)?.[path];
    const send = (content: Bytes | undefined, headers = {}) => answer(request, response, content, headers);
    const does = now ? FAULTS[now.fault] : act;
    does?.({ request, response, path, file, send });
    return true;
  };
}

function answer(request: IncomingMessage, response: ServerResponse, file: Bytes | undefined, headers: object): void {
  if (!file) return void response.writeHead(404).end('not found');
  const [, from] = /^bytes=(\d+)-$/.exec(request.headers.range ?? '') ?? [];
  const common = { ETag: tagOf(file), 'Accept-Ranges': 'bytes', ...headers };
  if (from === undefined) {
    return void response.writeHead(200, { ...common, 'Content-Length': file.length }).end(file);
  }
  const rest = file.subarray(Number(from));
  const range = `bytes ${from}-${file.length - 1}/${file.length}`;
  response.writeHead(206, { ...common, 'Content-Length': rest.length, 'Content-Range': range }).end(rest);
}

const tagOf = (file: Bytes): string => `"${createHash('sha1').update(file).digest('hex')}"`;

/** The hub on a port of its own. */
export async function hubServer(): Promise<AsyncDisposable & { readonly url: string }> {
  const serve = hub();
  const server = createServer((request, response) => void (serve(request, response) || response.writeHead(404).end()));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hub`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** The hub beside the pages of browser tests. */
export function hubPlugin(): Plugin {
  return {
    name: 'hub',
    configureServer({ middlewares, config }) {
      const serve = hub();
      middlewares.use((request: IncomingMessage, response: ServerResponse, next: () => void) => {
        for (const [name, value] of Object.entries(config.server.headers ?? {}))
          response.setHeader(name, String(value));
        if (!serve(request, response)) next();
      });
    },
  };
}
