import { fileURLToPath } from 'node:url';
import { createClasser } from 'classer-local';
import { base64 } from '../support/documents/bytes.js';
import { staticServer } from '../support/static-server.js';
import { openBrowser } from '../support/visit.js';

/** How a file ended: answered, or the error's reason, else its code. */
export type Outcome = string;

/** One classifier that is given every file. */
export interface Surface extends AsyncDisposable {
  ask(content: Uint8Array): Promise<Outcome>;
}

const LABELS = ['invoice', 'letter', 'scientific paper', 'form', 'something else'];

/** The package in this process. */
export async function inNode(): Promise<Surface> {
  const classer = createClasser({ store: 'memory' });
  await classer.ready();
  return {
    ask: (file) => outcomeOf(() => classer.classify({ file, labels: LABELS, cache: false })),
    [Symbol.asyncDispose]: () => classer.dispose(),
  };
}

/** The package on a page in Chromium, which can reach this machine only. */
export async function inChromium(): Promise<Surface> {
  const server = await staticServer(fileURLToPath(new URL('../..', import.meta.url)));
  const browser = await openBrowser();
  const page = await browser.newPage();
  await page.goto(`${server.url}/test/files/page.html`);
  await page.waitForFunction(() => 'ask' in globalThis, null, { timeout: 60_000 });
  const asked = (file: string, labels: string[]) =>
    page.evaluate(([file, labels]) => (globalThis as unknown as PageScript).ask(file, labels), [file, labels] as const);
  return {
    ask: (content) => asked(base64(content), LABELS),
    async [Symbol.asyncDispose]() {
      await browser.close();
      await server[Symbol.asyncDispose]();
    },
  };
}

interface PageScript {
  ask(file: string, labels: readonly string[]): Promise<Outcome>;
}

async function outcomeOf(ask: () => Promise<unknown>): Promise<Outcome> {
  try {
    await ask();
    return 'answered';
  } catch (error) {
    const { code = 'untyped', details } = error as { code?: string; details?: { reason?: string } };
    return details?.reason ?? code;
  }
}
