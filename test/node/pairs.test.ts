import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClasser } from 'classer-local';
import { afterAll, beforeAll, describe } from 'vitest';
import { hubServer } from '../support/hub/server.js';
import { pairCases } from '../support/pair-cases.js';

let root: string;
let server: Awaited<ReturnType<typeof hubServer>>;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'classer-pairs-'));
  server = await hubServer();
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await rm(root, { recursive: true, force: true });
});

describe('models of pictures and texts, in Node', () =>
  pairCases({
    hub: () => server.url,
    create: (options) => createClasser({ ...options, store: root }),
    golden: async () => JSON.parse(await readFile('test/fixtures/pairs/golden.json', 'utf8')),
  }));
