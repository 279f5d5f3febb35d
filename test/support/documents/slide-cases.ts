import { createClasser } from 'classer-local';
import { afterAll, expect, test } from 'vitest';
import { png, scannedPdf } from '../pictures/files.js';
import { scanned } from '../pictures/print.js';
import type { Bytes } from './bytes.js';
import { docx, PAGE_BREAK, p } from './docx.js';
import { type Piece, pdf } from './pdf.js';

/** Slides without a word that says what they are: the title of each, and what stands below it. */
const DECKS: Readonly<Record<string, readonly (readonly [title: string, ...lines: string[]])[]>> = {
  'a business review': [
    ['Third quarter', 'Northwind Logistics'],
    ['Highlights', 'Revenue up 9 % to 41 million', 'Two new depots opened'],
    ['What slowed us down', 'Fewer drivers', 'Fuel prices', 'Late partners'],
    ['Priorities', 'Fill 40 positions', 'Launch the tracking app'],
  ],
  'a lecture': [
    ['Photosynthesis', 'Biology 101, week 4'],
    ['Where it happens', 'In chloroplasts', 'Light reactions: membranes', 'Calvin cycle: stroma'],
    ['To remember', 'Light in, sugar out', 'Limits: light, carbon dioxide, warmth'],
  ],
};

interface Size {
  readonly width: number;
  readonly height: number;
}
const SCREEN: Size = { width: 960, height: 540 };
const LETTER: Size = { width: 612, height: 792 };

type Deck = (typeof DECKS)[string];
const pagesOf = (deck: Deck, { width, height }: Size) =>
  deck.map(([title, ...lines]) => ({
    width,
    height,
    pieces: [title, ...lines].map((text, i): Required<Piece> => {
      return { text, x: 50, y: height - 100 - 50 * i, size: i === 0 ? 38 : 24 };
    }),
  }));

const paper = ({ width, height }: Size) => `<w:sectPr><w:pgSz w:w="${20 * width}" w:h="${20 * height}"/></w:sectPr>`;
const DPI = 100;
const scans = (deck: Deck) =>
  Promise.all(
    pagesOf(deck, SCREEN).map(({ pieces, width, height }) =>
      scanned(pieces, { width: width / 72, height: height / 72, dpi: DPI, skew: 0.5, noise: 15 }),
    ),
  );

const FORMATS: readonly { name: string; deck: string; make: (deck: Deck) => Promise<Bytes> }[] = [
  { name: 'a PDF of screens', deck: 'a business review', make: (deck) => pdf({ pages: pagesOf(deck, SCREEN) }) },
  { name: 'a PDF of screens', deck: 'a lecture', make: (deck) => pdf({ pages: pagesOf(deck, SCREEN) }) },
  {
    name: 'a PDF on paper, by a program for slides',
    deck: 'a lecture',
    make: (deck) => pdf({ pages: pagesOf(deck, LETTER), objects: { 100: '<< /Creator (Impress) >>' }, trailer: INFO }),
  },
  { name: 'a PDF on paper', deck: 'a business review', make: (deck) => pdf({ pages: pagesOf(deck, LETTER) }) },
  {
    name: 'a DOCX on its side',
    deck: 'a business review',
    make: (deck) => {
      const pages = deck.map((lines) => lines.map((line) => p(line)).join(''));
      return docx(pages.join(PAGE_BREAK) + paper({ width: 842, height: 595 }));
    },
  },
];
const INFO = '/Info 100 0 R';

const kinds = ['invoice', 'CV', 'contract', 'scientific paper', 'letter'];

/** Slides that do not say what they are, on the public surface, the same everywhere. */
export function slideCases(): void {
  const classer = createClasser({ store: 'memory' });
  afterAll(() => classer.dispose());

  test.for(FORMATS)('$deck as $name is a slide deck, a presentation, slides', async ({ deck, make }) => {
    const file = await make(DECKS[deck] ?? []);
    for (const label of ['slide deck', 'presentation', 'slides']) {
      expect((await classer.classify({ file, labels: [...kinds, label] })).label).toBe(label);
    }
  });

  test('a scan of slides is a slide deck', async () => {
    const file = await scannedPdf((await scans(DECKS['a business review'] ?? [])).slice(1, 3), DPI);
    const { label, ocr } = await classer.classify({ file, labels: [...kinds, 'slide deck'], timeout: 50_000 });
    expect({ label, ocr }).toEqual({ label: 'slide deck', ocr: { pages: [1, 2] } });
  });

  test('evidence says that the pages look like slides, where it counted', async () => {
    const file = await pdf({ pages: pagesOf(DECKS['a lecture'] ?? [], SCREEN) });
    const labels = [...kinds, 'presentation'];
    const { evidence = [] } = await classer.classify({ file, labels, explain: true });
    expect(evidence).toContainEqual(
      expect.objectContaining({ kind: 'page', page: 1, shows: 'slide deck, presentation slides' }),
    );
    expect(evidence.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 2);
    const { labels: found } = await classer.tag({ file, labels });
    expect(found.map(({ label }) => label)).toContain('presentation');
  });

  test('what a deck is about, and whatever else is asked, is told by its words alone', async () => {
    // Two pages: more of them with a few words each are slides on any paper.
    const deck = (DECKS['a business review'] ?? []).slice(1, 3);
    const [slides, sheets] = await Promise.all([SCREEN, LETTER].map((size) => pdf({ pages: pagesOf(deck, size) })));
    for (const labels of [
      ['business', 'biology', 'sports', 'cooking'],
      ['good news', 'bad news'],
      ['sales', 'engineering', 'marketing', 'design'],
      kinds,
    ]) {
      const answers = [slides, sheets].map((file = new Uint8Array()) =>
        Promise.all([classer.classify({ file, labels, scores: true }), classer.tag({ file, labels, scores: true })]),
      );
      const [ofSlides, ofSheets] = (await Promise.all(answers)).map((both) => both.map(({ scores }) => scores));
      expect(ofSlides).toEqual(ofSheets);
    }
  });

  test('an invoice, a certificate and a strip are none, however wide', async () => {
    const wide = async (lines: readonly string[], size: number, { width, height } = { width: 842, height: 595 }) => {
      const pieces = lines.map((text, i) => ({ text, x: 60, y: height - 20 - (1 + i) * 1.5 * size, size }));
      return pdf({ pages: [{ width, height, pieces }] });
    };
    const invoice = [
      'Invoice 88123',
      'Bill to: Hotel Seeblick',
      'LED panels, 24 at 39.00: 936.00',
      'Total due: 936.00',
    ];
    const ask = async (file: Bytes, labels: string[]) => (await classer.classify({ file, labels })).label;
    expect(await ask(await wide(invoice, 10.5), [...kinds, 'slides'])).toBe('invoice');
    const award = ['Certificate of Achievement', 'awarded to Maria Lopez', 'for completing First Aid at Work'];
    expect(await ask(await wide(award, 36), ['certificate', ...kinds, 'slide deck'])).toBe('certificate');
    const stub = ['Train ticket, Leeds to York', 'Single, 2nd class'];
    const strip = await wide(stub, 18, { width: 400, height: 100 });
    expect(await ask(strip, ['train ticket', 'invoice', 'presentation'])).toBe('train ticket');
  });

  test('one picture of a slide is one, and a screenshot of small writing is none', async () => {
    const [, slide] = await scans(DECKS['a lecture'] ?? []);
    const image = await png(slide as NonNullable<typeof slide>);
    const { evidence = [] } = await classer.classify({ image, labels: ['slides', 'invoice', 'CV'], explain: true });
    expect(evidence).toMatchObject([{ label: 'slides', kind: 'image', image: 1 }]);
    const screen = await scanned(['File  Edit  View  Help', 'Inbox (3)', 'From: bank, subject: your statement'], {
      width: 12.8,
      height: 7.2,
      dpi: 100,
      size: 9,
    });
    const labels = ['e-mail', 'presentation', 'poem'];
    const seen = await classer.classify({ image: await png(screen), labels, explain: true });
    expect(seen.evidence?.map(({ shows }) => shows)).toEqual([undefined]);
  });
}
