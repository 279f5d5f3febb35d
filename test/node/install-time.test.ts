import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createClasser } from 'classer-local';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { ownHome } from '../support/child.js';
import { hub } from '../support/hub/server.js';
import { rejection } from '../support/rejection.js';

const WEIGHTS = 'onnx/model_quantized.onnx';

/** A hub that never answers for one file, and says when it was asked for it. */
let held: string;
let asked: () => void;
const serve = hub();
const server = createServer((request, response) => {
  if (request.url?.endsWith(`wordpiece/${held}`)) asked();
  else serve(request, response);
});
let model: string;
const classer = createClasser({ store: ownHome() });
beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  model = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hub/none/time/tiny/wordpiece/`;
});
afterEach(() => void vi.useRealTimers());
afterAll(async () => {
  await classer.dispose();
  server.closeAllConnections();
  server.close();
});

test.for([
  { file: 'config.json', timeout: undefined, passed: 79, code: 'ABORTED' },
  { file: 'config.json', timeout: 300, passed: 319, code: 'ABORTED' },
  { file: 'config.json', timeout: 300, passed: 320, code: 'TIMEOUT' },
  { file: WEIGHTS, timeout: 600, passed: 899, code: 'ABORTED' },
])('with a timeout of $timeout, $file may take $passed seconds, or not: $code', async (row) => {
  const { file, timeout, passed, code } = row;
  held = file;
  const waits = new Promise<void>((resolve) => {
    asked = resolve;
  });
  let sign = () => {};
  const first = new Promise<void>((resolve) => {
    sign = resolve;
  });
  // The clock of this thread alone: the download counts its seconds in the thread that installs.
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const controller = new AbortController();
  const { signal } = controller;
  const call = rejection(classer.models.install(model, { timeout, signal, onProgress: () => sign() }));
  await waits;
  if (file === WEIGHTS) await first;
  vi.advanceTimersByTime(passed * 1000);
  controller.abort();
  expect(await call).toMatchObject({ code });
});
