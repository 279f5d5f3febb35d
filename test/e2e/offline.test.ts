import type { Page } from 'playwright';
import { afterAll, beforeAll, test } from 'vitest';
import { png } from '../support/pictures/files.js';
import { scanned } from '../support/pictures/print.js';
import { expect } from './support/expect.js';
import { editServiceWorker, nextRelease } from './support/release.js';
import { builtDemo, serve } from './support/site.js';
import { Visitor } from './support/visitor.js';

/** Weights of 21.1 MB as `vite preview` compresses them, 14.2 MB of WebAssembly and 1.2 MB of maps for PDF, both left as
 * they are, and the rest. */
const FIRST_VISIT = 38_000_000;

/** A later visit asks for the service worker only, which has not changed. */
const LATER_VISIT = 5_000;

/** What reads pictures. */
const OCR = /^200 .*\/ocr-(core|english)/;

/** Twice asked for, and found unchanged: the page by its service worker, and that by the browser. */
const UNCHANGED = /^304 \/(sw\.js)?$/;

let demo: Awaited<ReturnType<typeof builtDemo>>;
let visitor: Visitor;

beforeAll(async () => {
  demo = await builtDemo();
  visitor = await Visitor.arrive();
});

afterAll(async () => {
  await visitor.leave();
  await demo.remove();
});

async function works(page: Page): Promise<void> {
  await expect(page.locator('#best')).toHaveText('billing');
  await expect(page.locator('#offline')).toHaveText('Offline ready');
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
}

/** Asks the browser to look for a newer service worker, and waits for the fate of what it finds. */
const lookForUpdate = (page: Page): Promise<ServiceWorkerState> =>
  page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    await registration.update();
    const worker = registration.installing ?? registration.waiting;
    if (!worker) throw new Error('The browser found no newer version.');
    return new Promise((resolve) => {
      const settle = () => worker.state !== 'installing' && resolve(worker.state);
      worker.addEventListener('statechange', settle);
      settle();
    });
  });

test('a first visit fetches each file once, a later one nothing, and the next ones need no server', async () => {
  const site = await serve(demo.folder);
  await visitor.visit(site.address, async (page) => {
    await works(page);
    const fetched = site.served.filter((line) => line.startsWith('200 '));
    expect(fetched.toSorted()).toEqual([...new Set(fetched)].toSorted());
    expect(fetched).toHaveLength(15);
    expect(site.served.filter((line) => !fetched.includes(line) && !UNCHANGED.test(line))).toEqual([]);
    const first = site.bytes();
    expect(first).toBeLessThan(FIRST_VISIT);

    site.served.length = 0;
    await page.reload();
    await works(page);
    expect(site.served.filter((line) => line !== '304 /sw.js')).toEqual([]);
    expect(site.bytes() - first).toBeLessThan(LATER_VISIT);

    await site.stop();
    await page.reload();
    await works(page);
    await page.locator('#text').fill('Thank you, I love this app!');
    await expect(page.locator('#best')).toHaveText('praise');
    await page.goto(`${site.address}?from=bookmark#text`);
    await works(page);
  });
});

test('the first picture fetches what reads it, once; from then on pictures need no server either', async () => {
  const buffer = Buffer.from(await png(await scanned(['Please refund me: I was charged twice.'], { height: 1 })));
  const picture = { name: 'note.png', mimeType: 'image/png', buffer };
  const site = await serve(demo.folder);
  await visitor.visit(site.address, async (page) => {
    await works(page);
    expect(site.served.filter((line) => OCR.test(line))).toEqual([]);
    await page.getByLabel('Or a PDF').setInputFiles(picture);
    await expect(page.locator('#legend')).toHaveText('Page 1 speaks most for “billing”');
    expect(site.served.filter((line) => OCR.test(line)).map((line) => OCR.exec(line)?.[1])).toEqual([
      'core',
      'english',
    ]);

    await site.stop();
    await page.reload();
    await works(page);
    await page.locator('#text').fill('Thank you, I love this app!');
    await expect(page.locator('#best')).toHaveText('praise');
    await page.getByLabel('Or a PDF').setInputFiles(picture);
    await expect(page.locator('#legend')).toHaveText('Page 1 speaks most for “billing”');
  });
});

test('a newer version with a missing file changes nothing; a whole one takes over at the next visit', async () => {
  const site = await serve(demo.folder);
  const port = Number(new URL(site.address).port);
  const next = await nextRelease(demo.folder, 'Next');
  const broken = await nextRelease(demo.folder, 'Broken');
  // The server answers a missing name with the page, as servers of single-page applications do.
  await editServiceWorker(broken.folder, /assets\/encoder-[^"]*/, 'assets/encoder-missing.onnx');
  await visitor.visit(site.address, async (page) => {
    await works(page);
    await site.stop();

    const refused = await serve(broken.folder, port);
    expect(await lookForUpdate(page)).toBe('redundant');
    expect(refused.served).toContain('200 /assets/encoder-missing.onnx');
    await refused.stop();
    await page.reload();
    await works(page);
    await expect(page).not.toHaveTitle('Broken');

    const newer = await serve(next.folder, port);
    expect(await lookForUpdate(page)).toBe('installed');
    expect(newer.served.filter((line) => line.includes('/assets/'))).toEqual([]);
    await page.reload();
    await expect(page).toHaveTitle('Next');
    await newer.stop();
    await page.reload();
    await works(page);
  });
  await Promise.all([next.remove(), broken.remove()]);
});
