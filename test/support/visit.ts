import { type Browser, chromium } from 'playwright';
import { chromiumPath, FLAGS } from './chromium.js';

/** What a page did until it said something. */
export interface Visit {
  /** The first thing that its script logged. */
  readonly said: string;
  /** Addresses asked for, workers included. */
  readonly requests: readonly string[];
  readonly problems: readonly string[];
  /** What an expression comes to in the page. */
  readonly isolated: boolean;
}

/** A Chromium that can reach this machine only. */
export const openBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: chromiumPath(),
    args: [...FLAGS, '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1'],
  });

/** Opens a page in a profile of its own and waits for the first line that its script logs. */
export async function visit(browser: Browser, url: string, limit = 60_000): Promise<Visit> {
  const context = await browser.newContext();
  const page = await context.newPage();
  const requests: string[] = [];
  const problems: string[] = [];
  context.on('request', (request) => requests.push(request.url()));
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  const logged = page.waitForEvent('console', { predicate: (message) => message.type() === 'log', timeout: limit });
  try {
    await page.goto(url);
    const said = (await logged).text();
    return { said, requests, problems, isolated: await page.evaluate(() => globalThis.crossOriginIsolated) };
  } catch (error) {
    throw new Error(`${url} said nothing: ${problems.join('; ')}`, { cause: error });
  } finally {
    await context.close();
  }
}

/** Requests that left the page's own origin; data: and blob: addresses never leave. */
export const strangers = ({ requests }: Visit, url: string): string[] =>
  requests.filter((request) => /^(https?|wss?):/.test(request) && new URL(request).host !== new URL(url).host);
