import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CONTRACT, check, exchange, type Sent, UNAVAILABLE } from '../support/contract.js';
import { type StaticServer, staticServer } from '../support/static-server.js';
import { openBrowser } from '../support/visit.js';

let folder: string;
let server: StaticServer;
let browser: Browser;
let context: BrowserContext;

/** The code of the docs, in order: the service worker's and the page's. */
async function docsCode(): Promise<[worker: string, page: string]> {
  const [, text = ''] = (await readFile('docs/api.md', 'utf8')).split('\n## Offline pages\n');
  const [worker, page] = text.split('\n## ', 1).flatMap((own) => [...own.matchAll(/```js\n([\s\S]*?)```/g)]);
  return [worker?.[1] ?? '', page?.[1] ?? ''];
}

/** The page of the docs over the fake engine; it tells what the call of a first visit came to. */
const pageOf = (code: string) => `<!doctype html><title>A page</title><link rel="icon" href="data:,">
<script type="module">${code
  .replace("'classer-local/http'", "'/http.js'")
  .replace("'classer-local'", "'/test.js'")
  .replace('createClasser()', "globalThis.classer = createClasser({ store: 'service-worker-test' })")}
globalThis.first = await answer.json();
globalThis.arrived = true;
</script>`;

/** A page that has others answer. */
const SILENT = `<!doctype html><title>A page</title><link rel="icon" href="data:,"><script type="module">
await navigator.serviceWorker.ready;
globalThis.arrived = true;
</script>`;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'classer-sw-'));
  await cp('dist', folder, { recursive: true });
  const [worker, page] = await docsCode();
  await writeFile(join(folder, 'sw.js'), worker);
  await writeFile(join(folder, 'index.html'), pageOf(page));
  await writeFile(join(folder, 'silent.html'), SILENT);
  await mkdir(join(folder, 'v1/users'), { recursive: true });
  await writeFile(join(folder, 'v1/users/me'), 'the site’s own');
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

async function openPage(path = ''): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${server.url}/${path}`);
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

  // What is no route of the contract is the site's.
  const rows = CONTRACT.filter(({ sent }) => !('path' in sent && sent.path === '/v1/nope'));
  test.for(rows)('$name', (row) => check(row, known, sendFrom(page)));

  test('the page of the docs has its first call answered on its first visit', async () => {
    const first = await page.evaluate(() => (globalThis as unknown as { first: unknown }).first);
    expect(first).toMatchObject({ label: 'billing' });
  });

  test('a reload by force, which leaves the service worker out, is answered as a first visit is', async () => {
    const session = await context.newCDPSession(page);
    const begun = page.waitForEvent('load');
    await session.send('Page.reload', { ignoreCache: true });
    await begun;
    await page.waitForFunction(() => 'arrived' in globalThis);
    const first = await page.evaluate(() => (globalThis as unknown as { first: unknown }).first);
    expect(first).toMatchObject({ label: 'billing' });
  });

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
    expect(await sendFrom(page)({ method: 'GET', path: '/v1/nope' })).toMatchObject({ status: 404, body: null });
    const own = await sendFrom(page)({ method: 'GET', path: '/v1/users/me' });
    expect(own).toMatchObject({ status: 200, body: 'the site’s own' });
  });

  test('the document that lists them is one of them', async () => {
    const document = await sendFrom(page)({ method: 'GET', path: '/openapi.json' });
    expect(document).toMatchObject({ status: 200, body: { openapi: '3.1.0' } });
  });

  test('nothing that is meant for the hosted API leaves the page', async () => {
    const answer = await sendFrom(page)({ method: 'GET', path: 'https://api.classer.ai/v2/other' });
    expect(answer).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
  });
});

const ASK: Sent = { method: 'POST', path: '/v1/classify', body: { json: { text: 'x', labels: ['a', 'b'] } } };

test('without a page that can answer it is a typed 503, and with one it works again', async () => {
  const silent = await openPage('silent.html');
  await Promise.all(UNAVAILABLE.map((row) => check(row, {}, sendFrom(silent))));
  const other = await openPage();
  expect(await sendFrom(silent)(ASK)).toMatchObject({ status: 200 });
  await Promise.all([silent.close(), other.close()]);
});

test('a page whose classifier was disposed of leaves the answering to others', async () => {
  const ended = await openPage();
  const other = await openPage();
  await ended.evaluate(() => (globalThis as unknown as { classer: { dispose(): Promise<void> } }).classer.dispose());
  const silent = await openPage('silent.html');
  expect(await sendFrom(silent)(ASK)).toMatchObject({ status: 200 });
  await other.close();
  expect(await sendFrom(silent)(ASK)).toMatchObject({ status: 503, body: { code: 'MODEL_UNAVAILABLE' } });
  await Promise.all([ended.close(), silent.close()]);
});

test('a page that closes before it answered leaves a typed 503', async () => {
  const silent = await openPage('silent.html');
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

/** Has a page answer a download that never ends by itself, and notes when it is given up. */
const answerWithoutEnd = (page: Page) =>
  page.evaluate(() => {
    const { classer } = globalThis as unknown as { classer: { jobs: object } };
    Object.assign(classer.jobs, {
      signature: async () => 'x',
      results: async () =>
        new ReadableStream({
          start: (controller) => controller.enqueue(new Uint8Array(1000)),
          cancel: () => void Object.assign(globalThis, { cancelled: true }),
        }),
    });
  });
const DOWNLOAD = '/v1/batch/batch_0123456789abcdef/results/file?signature=x';

test('a download whose page closes in the middle ends in an error', async () => {
  const answering = await openPage();
  const reading = await openPage('silent.html');
  await answerWithoutEnd(answering);
  await reading.evaluate(async (path) => {
    const reader = (await fetch(path)).body?.getReader();
    const { value } = (await reader?.read()) ?? {};
    const end = reader?.read().then(
      () => 'went on',
      (error: Error) => error.name,
    );
    Object.assign(globalThis, { begun: value?.length, end });
  }, DOWNLOAD);
  await answering.close();
  const end = await reading.evaluate(async () => {
    const { begun, end: how } = globalThis as unknown as { begun: number; end: Promise<string> };
    return { begun, how: await how };
  });
  expect(end).toEqual({ begun: 1000, how: 'TypeError' });
  await reading.close();
});

test.for(['cancelled', 'aborted'] as const)(
  'a download that is %s is given up by the page that answers',
  async (how) => {
    const answering = await openPage();
    const reading = await openPage('silent.html');
    await answerWithoutEnd(answering);
    await reading.evaluate(
      async ([path, way]) => {
        const controller = new AbortController();
        const reader = (await fetch(path, { signal: controller.signal })).body?.getReader();
        await reader?.read();
        if (way === 'aborted') controller.abort();
        else await reader?.cancel();
      },
      [DOWNLOAD, how] as const,
    );
    await answering.waitForFunction(() => 'cancelled' in globalThis);
    await Promise.all([answering.close(), reading.close()]);
  },
);
