import { createHandler } from 'classer-local/http';
import { createClasser } from 'classer-local/test';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { classerServe, type Running } from '../support/child.js';
import { CONTRACT, check, exchange } from '../support/contract.js';

describe('the handler, in process', () => {
  const classer = createClasser();
  const handle = createHandler(classer);
  afterAll(() => classer.dispose());
  const known = {};
  test.for(CONTRACT)('$name', (row) => check(row, known, (sent) => exchange(handle, 'http://localhost', sent)));
});

describe('classer serve, with the real model', () => {
  let server: Running;
  beforeAll(async () => {
    server = await classerServe();
  });
  afterAll(() => server.stop());
  const known = {};
  test.for(CONTRACT)('$name', (row) => check(row, known, (sent) => exchange(fetch, server.url, sent)));
});
