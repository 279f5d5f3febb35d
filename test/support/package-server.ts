import { createReadStream, statSync } from 'node:fs';
import { extname, resolve } from 'node:path';
import type { Plugin } from 'vite';

const TYPES: Record<string, string> = {
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.wasm': 'application/wasm',
};

/** Serves the built package as the files it ships, past Vite's transforms, which rewrite a worker's imports. */
export function packageServer(): Plugin {
  const root = resolve(import.meta.dirname, '../..');
  return {
    name: 'package-server',
    configureServer({ middlewares, config }) {
      middlewares.use((request, response, next) => {
        const path = new URL(request.url ?? '/', 'http://localhost').pathname;
        const file = resolve(root, `.${path}`);
        const ours = /^\/(dist|models)\//.test(path) && statSync(file, { throwIfNoEntry: false })?.isFile();
        if (!ours) return next();
        for (const [name, value] of Object.entries(config.server.headers ?? {}))
          response.setHeader(name, String(value));
        response.setHeader('Content-Type', TYPES[extname(file)] ?? 'application/octet-stream');
        createReadStream(file).pipe(response);
      });
    },
  };
}
