import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClasser } from 'classer-local';
import { afterAll, beforeAll, describe } from 'vitest';
import { FileStore } from '../../src/store/file/store.js';
import { hubServer } from '../support/hub/server.js';
import { modelCases } from '../support/model-cases.js';

let root: string;
let server: Awaited<ReturnType<typeof hubServer>>;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'classer-models-'));
  server = await hubServer();
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await rm(root, { recursive: true, force: true });
});

const place = (store: string) => (store === 'memory' ? store : join(root, store));

describe('in Node', () =>
  modelCases({
    hub: () => server.url,
    create: (store, options) => createClasser({ ...options, store: place(store) }),
    open: async (store) => new FileStore(place(store)),
  }));
