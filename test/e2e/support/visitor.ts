import { type Browser, type BrowserContext, chromium, type Page } from 'playwright';
import { expect } from 'vitest';
import { chromiumPath, FLAGS } from '../../support/chromium.js';

/** A Chromium with a fresh profile, in which a request to anywhere else, from whatever thread, is a complaint. */
export class Visitor {
  readonly #browser: Browser;
  readonly #context: BrowserContext;
  readonly #complaints: string[] = [];

  private constructor(browser: Browser, context: BrowserContext) {
    this.#browser = browser;
    this.#context = context;
    context.on('request', (request) => {
      const { protocol, hostname } = new URL(request.url());
      if (protocol !== 'data:' && hostname !== '127.0.0.1') this.#complaints.push(`request to ${request.url()}`);
    });
    // Violations of the content policy are console errors too.
    context.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') this.#complaints.push(message.text());
    });
    context.on('weberror', (error) => this.#complaints.push(String(error.error())));
  }

  static async arrive(): Promise<Visitor> {
    const browser = await chromium.launch({ executablePath: chromiumPath(), args: FLAGS });
    return new Visitor(browser, await browser.newContext());
  }

  /** Opens an address, runs the visit, and fails on anything the page should not do. */
  async visit(address: string, run: (page: Page) => Promise<void>): Promise<void> {
    const page = await this.#context.newPage();
    await page.goto(address);
    await run(page).finally(() => page.close());
    expect(this.#complaints).toEqual([]);
  }

  async leave(): Promise<void> {
    await this.#browser.close();
  }
}
