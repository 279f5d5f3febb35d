import { cp, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type StaticServer, staticServer } from '../support/static-server.js';
import { openBrowser } from '../support/visit.js';

let folder: string;
let server: StaticServer;
let browser: Browser;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'classer-job-'));
  await cp('dist', join(folder, 'dist'), { recursive: true });
  await symlink(resolve('models'), join(folder, 'models'));
  await cp('test/e2e/support/job-page.js', join(folder, 'job.js'));
  const script = '<script type="module" src="/job.js"></script>';
  await writeFile(
    join(folder, 'index.html'),
    `<!doctype html><title>A job</title><link rel="icon" href="data:,">${script}`,
  );
  server = await staticServer(folder);
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await server[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

/** A page with a job, in a browser's own store. */
async function openPage(context: BrowserContext, query = ''): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${server.url}/${query}`);
  await page.waitForFunction(() => 'arrived' in globalThis);
  return page;
}

/** Calls one of the page's own functions. */
const call = <Result>(page: Page, name: string, ...args: readonly unknown[]): Promise<Result> =>
  page.evaluate(
    ([fn, rest]) => (globalThis as unknown as Record<string, (...all: unknown[]) => Result>)[fn]?.(...rest) as Result,
    [name, args] as const,
  );

test('an upload whose page was closed leaves nothing once its job is removed', async () => {
  const context = await browser.newContext();
  const page = await openPage(context);
  await call(page, 'uploadForEver');
  await page.close();
  expect(await call(await openPage(context), 'removeAll')).toEqual([]);
  await context.close();
});

test.for([
  { engine: 'the fake engine', query: '', lines: 200_000 },
  { engine: 'the real model', query: '?real', lines: 2000 },
])(
  'on $engine: a job whose page is closed three times answers each line once, in order',
  { timeout: 240_000 },
  async ({ query, lines }) => {
    const context = await browser.newContext();
    context.setDefaultTimeout(0);
    let page = await openPage(context, query);
    const id = await call<string>(page, 'begin', lines);
    let least = 0;
    for (let closed = 0; closed < 3; closed++) {
      least = await call<number>(page, 'progress', id, least);
      expect(least).toBeLessThan(lines);
      await page.close();
      page = await openPage(context, query);
      await call(page, 'resume');
    }
    expect(await call(page, 'outcome', id)).toEqual({
      status: 'completed',
      requests_completed: lines,
      requests_failed: Math.ceil((lines - 50) / 97),
      same: true,
    });
    await context.close();
  },
);
