import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CONTRACT, check, exchange, type Sent } from '../support/contract.js';
import { type StaticServer, staticServer } from '../support/static-server.js';
import { openBrowser } from '../support/visit.js';

let folder: string;
let server: StaticServer;
let browser: Browser;
let context: BrowserContext;

/** A page whose `/v1/*` is answered by its service worker, and that by a page with the fake engine. */
const PAGE = `<!doctype html><title>A page</title><link rel="icon" href="data:,"><script type="module">
import { serveServiceWorker } from '/http.js';
import { createClasser } from '/test.js';
await navigator.serviceWorker.register('/sw.js');
await navigator.serviceWorker.ready;
if (!navigator.serviceWorker.controller) {
  await new Promise((resolve) => navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true }));
}
if (!location.search.includes('silent')) {
  globalThis.classer = createClasser({ store: 'service-worker-test' });
  serveServiceWorker(classer);
}
globalThis.arrived = true;
</script>`;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'classer-sw-'));
  for (const file of ['http', 'index', 'test', 'service-worker'])
    await cp(`dist/${file}.js`, join(folder, `${file}.js`));
  await writeFile(join(folder, 'index.html'), PAGE);
  await writeFile(
    join(folder, 'sw.js'),
    `importScripts('/service-worker.js');
    addEventListener('install', () => skipWaiting());
    addEventListener('activate', (event) => event.waitUntil(clients.claim()));`,
  );
  server = await staticServer(folder);
  browser = await openBrowser();
  context = await browser.newContext();
  context.setDefaultTimeout(60_000);
});
afterAll(async () => {
  await browser.close();
  await server[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

async function openPage(query = ''): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${server.url}/${query}`);
  await page.waitForFunction(() => 'arrived' in globalThis);
  return page;
}

/** Has a page send a request by its own `fetch`. */
const sendFrom = (page: Page) => async (sent: Sent) =>
  page.evaluate(
    async ({ code, sent: one }) => {
      const run = new Function(`return ${code}`)() as typeof exchange;
      return run((request) => fetch(request), location.href, one);
    },
    { code: exchange.toString(), sent },
  );

describe('a page behind its service worker', () => {
  let page: Page;
  const known = {};
  beforeAll(async () => {
    page = await openPage();
  });
  afterAll(() => page.close());

  test.for(CONTRACT)('$name', (row) => check(row, known, sendFrom(page)));

  test('the hosted address is answered too, and without a network', async () => {
    await context.setOffline(true);
    const answer = await sendFrom(page)({
      method: 'POST',
      path: 'https://api.classer.ai/v1/classify',
      body: { json: { text: 'a billing question', labels: ['billing', 'praise'] } },
      headers: { Authorization: 'Bearer any', 'Content-Type': 'application/json' },
    });
    expect(answer).toMatchObject({ status: 200, body: { label: 'billing' } });
    await context.setOffline(false);
  });

  test('what is none of its routes goes to the server', async () => {
    expect(await sendFrom(page)({ method: 'GET', path: '/nothing' })).toMatchObject({ status: 404, body: null });
  });
});

const ASK: Sent = { method: 'POST', path: '/v1/classify', body: { json: { text: 'x', labels: ['a', 'b'] } } };

test('without a page that can answer it is a typed 503, and with one it works again', async () => {
  const silent = await openPage('?silent');
  const refused = await sendFrom(silent)(ASK);
  expect(refused).toMatchObject({ status: 503, body: { code: 'MODEL_UNAVAILABLE' }, headers: { 'retry-after': '1' } });
  const other = await openPage();
  expect(await sendFrom(silent)(ASK)).toMatchObject({ status: 200 });
  await Promise.all([silent.close(), other.close()]);
});

test('a page that closes before it answered leaves a typed 503', async () => {
  const silent = await openPage('?silent');
  const answering = await openPage();
  // It never answers: its worker's thread is its own, which is kept busy once the request is there.
  await answering.evaluate(() => {
    const { classer } = globalThis as unknown as { classer: { balance: () => Promise<unknown> } };
    classer.balance = () => new Promise(() => Object.assign(globalThis, { asked: true }));
  });
  const call = sendFrom(silent)({ method: 'GET', path: '/v1/balance' });
  await answering.waitForFunction(() => 'asked' in globalThis);
  await answering.close();
  expect(await call).toMatchObject({ status: 503, body: { code: 'WORKER_LOST' } });
  await silent.close();
});
