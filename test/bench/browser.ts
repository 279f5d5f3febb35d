import { mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright';
import { chromiumPath, FLAGS } from '../support/chromium.js';

/** A Chromium with a profile on disk, so that it caches as a visitor's does. */
export interface Browser extends AsyncDisposable {
  readonly context: BrowserContext;
  readonly version: string;
}

export async function openBrowser(): Promise<Browser> {
  const profile = mkdtempSync(join(tmpdir(), 'classer-profile-'));
  const context = await chromium.launchPersistentContext(profile, { executablePath: chromiumPath(), args: FLAGS });
  return {
    context,
    version: context.browser()?.version() ?? 'unknown',
    async [Symbol.asyncDispose]() {
      await context.close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}

/** Opens a page and waits for its script to say what it offers; a script that fails rejects. */
export async function openPage({ context }: Browser, url: string): Promise<Page> {
  const page = await context.newPage();
  const failed = new Promise<never>((_, reject) => page.once('pageerror', reject));
  const loaded = page.goto(url).then(() => page.waitForFunction(() => 'bench' in globalThis, null, { timeout: 0 }));
  failed.catch(() => undefined);
  await Promise.race([loaded, failed]);
  return page;
}

/** Calls what a page's script offers. */
export function callPage<Result>(page: Page, options: unknown): Promise<Result> {
  return page.evaluate((value) => (globalThis as unknown as Offer<Result>).bench(value), options);
}

interface Offer<Result> {
  bench(options: unknown): Promise<Result>;
}

/** The most bytes that a renderer of the browser's has taken so far, as Linux counts them; NaN elsewhere. */
export async function peakMemory({ context }: Browser): Promise<number> {
  const session = await context.browser()?.newBrowserCDPSession();
  if (!session) throw new Error('This browser does not tell its processes.');
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  const renderers = processInfo.filter(({ type }) => type === 'renderer');
  const peaks = renderers.map(async ({ id }) => {
    const status = await readFile(`/proc/${id}/status`, 'utf8').catch(() => '');
    return 1024 * Number(/VmHWM:\s*(\d+)/.exec(status)?.[1]);
  });
  return Math.max(...(await Promise.all(peaks)));
}
