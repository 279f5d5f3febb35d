import { readFileSync, statSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { resolve } from 'node:path';
import type { Plugin } from 'vite';

const ROOT = resolve(import.meta.dirname, '../..');
const TYPES: Record<string, string> = {
  js: 'text/javascript',
  mjs: 'text/javascript',
  wasm: 'application/wasm',
};
const PAGE = '<!doctype html><title>A single-page app</title>';

/** Something wrong with one file of the package; undefined leaves the file as it is. */
type Fault = (path: string, file: Buffer) => Reply | undefined;
interface Reply {
  status?: number;
  body?: Buffer | string;
  type?: string;
  /** Leaves the answer open for ever. */
  hang?: boolean;
}

const isWeights = (path: string) => path.endsWith('encoder.onnx');
const isWorker = (path: string) => path.endsWith('dist/worker.js');
const flipped = (file: Buffer) => {
  const copy = Buffer.from(file);
  copy[copy.length >> 1] = (copy[copy.length >> 1] ?? 0) ^ 0xff;
  return copy;
};

/** By name, what `/faulty/NAME/` does to the package's files. */
const FAULTS: Record<string, Fault> = {
  none: () => undefined,
  cut: (path, file) => (isWeights(path) ? { body: file.subarray(0, file.length >> 1) } : undefined),
  corrupt: (path, file) => (isWeights(path) ? { body: flipped(file) } : undefined),
  page: (path) => (isWeights(path) ? { body: PAGE, type: 'text/html' } : undefined),
  missing: (path) => (isWeights(path) ? { status: 404, body: 'not found' } : undefined),
  stuck: (path) => (isWeights(path) ? { hang: true } : undefined),
  tokenizer: (path) => (path.endsWith('tokenizer.json') ? { body: '{}' } : undefined),
  runtime: (path) => (path.includes('/ort/') ? { status: 404, body: 'not found' } : undefined),
  'no-worker': (path) => (isWorker(path) ? { status: 404, body: 'not found' } : undefined),
  'page-worker': (path) => (isWorker(path) ? { body: PAGE, type: 'text/html' } : undefined),
  'broken-worker': (path) => (isWorker(path) ? { body: 'throw new Error("broken on purpose");' } : undefined),
};

/**
 * Serves the package under `/faulty/NAME/KEY/` with one thing wrong, for the `assets` option.
 *
 * KEY keeps tests apart: `/faulty/NAME/KEY/asked` answers the paths asked for, and after a request to
 * `/faulty/NAME/KEY/mend` the files are whole.
 */
export function faultyServer(): Plugin {
  const asked = new Map<string, { path: string; as: string }[]>();
  const mended = new Set<string>();
  return {
    name: 'faulty-server',
    configureServer({ middlewares, config }) {
      middlewares.use((request: IncomingMessage, response: ServerResponse, next: () => void) => {
        const { pathname } = new URL(request.url ?? '/', 'http://localhost');
        const [, name = '', key = '', path = ''] = /^\/faulty\/([^/]+)\/([^/]+)\/(.+)$/.exec(pathname) ?? [];
        const fault = FAULTS[name];
        if (!fault) return next();
        for (const [header, value] of Object.entries(config.server.headers ?? {})) {
          response.setHeader(header, String(value));
        }
        const where = `${name}/${key}`;
        if (path === 'asked') return response.end(JSON.stringify(asked.get(where) ?? []));
        if (path === 'mend') return response.end(String(mended.add(where).size));
        asked.set(where, [...(asked.get(where) ?? []), { path, as: String(request.headers['sec-fetch-dest']) }]);
        const disk = resolve(ROOT, path);
        const known = /^(dist|models)\//.test(path) && statSync(disk, { throwIfNoEntry: false })?.isFile();
        const file = known ? readFileSync(disk) : Buffer.alloc(0);
        const whole: Reply = known ? { body: file } : { status: 404, body: 'not found' };
        const reply = (mended.has(where) ? undefined : fault(path, file)) ?? whole;
        if (reply.hang) return;
        response.statusCode = reply.status ?? 200;
        const type = TYPES[path.split('.').at(-1) ?? ''] ?? 'application/octet-stream';
        response.setHeader('Content-Type', reply.type ?? type);
        response.end(reply.body);
      });
    },
  };
}
