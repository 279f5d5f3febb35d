import type { Page } from 'playwright';
import { afterAll, beforeAll, test } from 'vitest';
import { OFFICE } from '../support/documents/office/documents.js';
import { FORMATS } from '../support/documents/office/formats.js';
import { lines, pdf } from '../support/documents/pdf.js';
import { expect } from './support/expect.js';
import { builtDemo, type Site, serve } from './support/site.js';
import { Visitor } from './support/visitor.js';

let demo: Awaited<ReturnType<typeof builtDemo>>;
let site: Site;
let visitor: Visitor;

beforeAll(async () => {
  demo = await builtDemo();
  site = await serve(demo.folder);
  visitor = await Visitor.arrive();
});

afterAll(async () => {
  await visitor.leave();
  await site.stop();
  await demo.remove();
});

const visit = (run: (page: Page) => Promise<void>) => visitor.visit(site.address, run);
const bars = (page: Page) => page.locator('#bars .label');

test('the first sample is answered, on an isolated page, and says why', () =>
  visit(async (page) => {
    await expect(page.locator('#best')).toHaveText('billing');
    await expect(page.locator('#marked mark')).toHaveText('I was charged twice this month');
    await expect(bars(page)).toHaveText([/.+/, /.+/, /.+/]);
    await expect(page.locator('#spoken')).toHaveText(/^billing \d+%$/);
    await expect(page.locator('#tokens')).toHaveText(/^\d+$/);
    await expect(page.locator('#isolated')).toHaveText('Isolated: threads on');
    await page.locator('#text').pressSequentially('. The app also shows a blank screen after every login!');
    await page.locator('#text').fill('Thank you, this is the best app I have ever used.');
    await expect(page.locator('#best')).toHaveText('praise');
  }));

test('tags are those above the threshold', () =>
  visit(async (page) => {
    await page.getByRole('button', { name: 'App review' }).click();
    await expect(page.locator('#kind')).toHaveText('Above 60%');
    await page.getByLabel('Threshold').fill('0');
    await expect(page.locator('#best')).toHaveText(/^(\S.*, ){3}\S.*$/);
    await page.getByLabel('Threshold').fill('1');
    await expect(page.locator('#best')).toHaveText('No label');
    await page.getByRole('radio', { name: 'Tag' }).press('ArrowLeft');
    await expect(page.locator('#kind')).toHaveText('Best label');
  }));

test('a PDF is answered, says which page spoke, and gives way to a text again', () =>
  visit(async (page) => {
    const texts = ['Please refund me: I was charged twice this month.', 'The weather in Rome'];
    const buffer = Buffer.from(await pdf({ pages: [{}, lines(...texts)] }));
    await expect(page.locator('#best')).toHaveText('billing');
    const file = page.getByLabel('Or a PDF');
    await file.setInputFiles({ name: 'letter.pdf', mimeType: 'application/pdf', buffer });
    await expect(page.locator('#legend')).toHaveText('Page 2 speaks most for “billing”');
    await file.setInputFiles({ name: 'letter.pdf', mimeType: 'application/pdf', buffer: Buffer.from('hi') });
    await expect(page.getByRole('alert')).toContainText('neither PDF nor DOCX');
    await expect(file).toHaveAttribute('aria-invalid', 'true');
    await page.getByRole('button', { name: 'Remove', exact: true }).click();
    await page.locator('#text').fill('Thank you, this is the best app I have ever used.');
    await expect(page.locator('#best')).toHaveText('praise');
  }));

test('until a file is read, the page says so, and shows no answer to another question', () =>
  visit(async (page) => {
    await expect(page.locator('#best')).toHaveText('billing');
    await page.evaluate(() => {
      const seen: string[] = [];
      Object.assign(globalThis, { seen });
      const told = (id: string) => document.getElementById(id)?.textContent;
      const note = () => {
        const shown = document.getElementById('verdict')?.hidden ? told('loading-step') : told('best');
        seen.push([shown, document.getElementById('answer')?.ariaBusy, told('loading-detail')].join());
      };
      const all = { subtree: true, childList: true, characterData: true, attributes: true };
      new MutationObserver(note).observe(document.getElementById('answer') as HTMLElement, all);
    });
    const buffer = Buffer.from(await pdf({ pages: [lines('Thank you, this is the best app.')] }));
    await page.locator('#text').fill('');
    await expect(page.getByRole('alert')).toHaveText('text is empty.');
    await page.getByLabel('Or a PDF').setInputFiles({ name: 'a.pdf', mimeType: 'application/pdf', buffer });
    await expect(page.locator('#best')).toHaveText('praise');
    await expect(page.locator('#answer')).toHaveAttribute('aria-busy', 'false');
    const seen = await page.evaluate(() => (globalThis as unknown as { seen: string[] }).seen);
    const opened = seen.findIndex((one) => one.startsWith('Reading the file'));
    const answered = seen.slice(opened).findIndex((one) => !one.startsWith('Reading the file,true'));
    expect(seen.slice(opened)).toContain('Reading the file,true,Page 1 of 1');
    expect(seen.slice(opened)[answered]).toBe('praise,false,Page 1 of 1');
  }));

test.each(Object.entries(FORMATS))('what offices see most is told apart as %s', (_, make) =>
  visit(async (page) => {
    await expect(page.locator('#best')).toHaveText('billing');
    await page.getByRole('button', { name: 'Remove all' }).click();
    await page.getByLabel('Labels to add').fill(OFFICE.map(({ label }) => label).join(', '));
    await page.keyboard.press('Enter');
    for (const document of OFFICE) {
      // What it is, is told by its content.
      const file = {
        name: 'document',
        mimeType: 'application/octet-stream',
        buffer: Buffer.from(await make(document)),
      };
      await page.getByLabel('Or a PDF').setInputFiles(file);
      await expect(page.locator('#legend')).toHaveText(
        new RegExp(`^Page \\d+ speaks most for “${document.label}”(: slide deck, presentation slides)?$`),
      );
      await page.getByRole('button', { name: 'Remove', exact: true }).click();
      await expect(page.getByRole('alert')).toHaveText('text is empty.');
    }
  }),
);

test('a photograph is answered, and says what it shows', () =>
  visit(async (page) => {
    await page.getByRole('button', { name: 'Remove all' }).click();
    await page.getByLabel('Labels to add').fill('cat, dog, car');
    await page.keyboard.press('Enter');
    await page.getByLabel('Or a PDF').setInputFiles('test/fixtures/photographs/cat.jpg');
    await expect(page.locator('#legend')).toHaveText(/^Page 1 speaks most for “cat”: .*\bcat\b/);
  }));

test('a bad question names its field, and the next one is answered', () =>
  visit(async (page) => {
    const problem = page.getByRole('alert');
    await page.locator('#text').fill('');
    await expect(problem).toHaveText('text is empty.');
    await expect(page.locator('#text')).toHaveAttribute('aria-invalid', 'true');
    await page.locator('#text').fill('Please refund me');
    await expect(page.locator('#best')).toHaveText('billing');
    await expect(page.locator('#text')).toHaveAttribute('aria-invalid', 'false');

    const names = page.getByRole('textbox', { name: 'Label', exact: true });
    await names.nth(1).fill('billing');
    await expect(problem).toHaveText('labels[0] and labels[1] are both "billing".');
    await expect(names.nth(1)).toHaveAttribute('aria-invalid', 'true');
    await page.getByRole('button', { name: 'Remove this label' }).nth(1).click();
    await expect(page.locator('#best')).toHaveText('billing');

    await page.getByRole('button', { name: 'Remove all' }).click();
    await expect(problem).toHaveText(/^labels must have 1 to 200 entries/);
    await page.keyboard.type('login, payment');
    await page.keyboard.press('Enter');
    await expect(page.locator('#best')).toHaveText('payment');
  }));

test('labels of any characters come back as they were given', () =>
  visit(async (page) => {
    const odd = ['$&', '"quoted" \'twice\'', '🎉 party', '<b>bold</b>', '{}', 'one, two', '__proto__', 'עברית'];
    await page.getByRole('button', { name: 'Remove all' }).click();
    await page.getByLabel('Labels to add').evaluate((box, list) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text', list);
      box.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    }, odd.join('\n'));
    await page.getByRole('textbox', { name: 'Description' }).first().fill('$& $1 "\\');
    await expect.poll(async () => (await bars(page).allTextContents()).toSorted()).toEqual(odd.toSorted());
    await expect(page.locator('#bars .figure').first()).toHaveText(/%$/);
    await expect(page.locator('#best')).toBeVisible();
  }));

test.each([
  [390, 844],
  [320, 568],
])('a screen of %i by %i points is wide enough', (width, height) =>
  visit(async (page) => {
    await page.setViewportSize({ width, height });
    await expect(page.locator('#best')).toHaveText('billing');
    await page.locator('#text').fill('x'.repeat(500));
    await page.getByLabel('Labels to add').fill('long'.repeat(24));
    await page.keyboard.press('Enter');
    await expect(bars(page)).toHaveCount(4);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  }),
);
