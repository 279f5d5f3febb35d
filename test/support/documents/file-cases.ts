import { type ClasserError, createClasser, type Progress } from 'classer-local';
import { afterAll, expect, test } from 'vitest';
import { png, scannedPdf } from '../pictures/files.js';
import { scanned } from '../pictures/print.js';
import { rejection } from '../rejection.js';
import { type Bytes, base64 } from './bytes.js';
import { docx, p } from './docx.js';
import { KINDS } from './kinds.js';
import { lines, pdf } from './pdf.js';

const labels = ['invoice', 'curriculum vitae', 'recipe'];
const invoice = lines('Invoice 2024-17', 'Please pay 540 EUR within 30 days.', 'Total amount due: 540 EUR');
const cv = p('Curriculum vitae') + p('Work experience: nurse, 2012 to 2020') + p('Education: BSc nursing');

/** Each way in which a file may be given. */
const FORMS: { name: string; form: (file: Bytes) => string | Blob | ArrayBuffer | ArrayBufferView }[] = [
  { name: 'base64', form: base64 },
  { name: 'base64 with line breaks', form: (file) => base64(file).replace(/.{76}/g, '$&\r\n') },
  {
    name: 'base64 for URLs',
    form: (file) => base64(file).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, ''),
  },
  { name: 'a data URL', form: (file) => `data:application/pdf;base64,${base64(file)}` },
  { name: 'a data URL with escapes', form: (file) => `data:,${escapes(file)}` },
  { name: 'a Blob', form: (file) => new Blob([file], { type: 'text/html' }) },
  { name: 'a File', form: (file) => new File([file], 'page.html') },
  { name: 'an ArrayBuffer', form: (file) => file.buffer },
  { name: 'bytes', form: (file) => file },
  { name: 'bytes within a buffer', form: (file) => within(file) },
];

const note = (line: string) => scanned([line], { width: 5, height: 1, size: 16 });

const escapes = (file: Bytes) => Array.from(file, (byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');

function within(file: Bytes): Uint8Array {
  const buffer = new Uint8Array(file.length + 20);
  buffer.set(file, 10);
  return buffer.subarray(10, 10 + file.length);
}

/** What files do on the public surface, the same everywhere; `dist` is where the package's files are. */
export function fileCases(dist: string): void {
  const classer = createClasser({ store: 'memory' });
  afterAll(() => classer.dispose());
  const refused = (request: object) => rejection(classer.classify(request as never)) as Promise<ClasserError>;

  test.for(FORMS)('a PDF as $name', async ({ form }) => {
    const { label, visual_tokens } = await classer.classify({
      file: form(await pdf({ pages: [invoice, {}] })),
      labels,
      cache: false,
    });
    expect({ label, visual_tokens }).toEqual({ label: 'invoice', visual_tokens: 98 });
  });

  test('a DOCX is answered, and tagged', async () => {
    const file = await docx(cv);
    expect(await classer.classify({ file, labels })).toMatchObject({ label: 'curriculum vitae', visual_tokens: 49 });
    const { labels: found } = await classer.tag({ file, labels });
    expect(found.map(({ label }) => label)).toContain('curriculum vitae');
  });

  test('the file counts like its text, and is read after the request’s own', async () => {
    const file = await pdf({ pages: [lines('flour, sugar, butter')] });
    const written = await classer.classify({ text: 'flour, sugar, butter', labels, scores: true });
    const filed = await classer.classify({ file, labels, scores: true });
    expect(filed).toMatchObject({ tokens: written.tokens, scores: written.scores });
    const both = await classer.classify({ text: 'flour, sugar, butter', file, labels });
    const twice = await classer.classify({ text: 'flour, sugar, butter\n\nflour, sugar, butter', labels });
    expect(both).toMatchObject({ tokens: twice.tokens, confidence: twice.confidence, label: 'recipe' });
  });

  test('a file rides along with each text of a batch', async () => {
    const file = await pdf({ pages: [invoice] });
    const { results } = await classer.classifyBatch({ texts: ['', 'as agreed'], file, labels });
    expect(results.map(({ label, visual_tokens }) => [label, visual_tokens])).toEqual([
      ['invoice', 49],
      ['invoice', 49],
    ]);
    const broken = { texts: ['a', 'b'], file: 'aGk=', labels };
    expect(await rejection(classer.tagBatch(broken))).toMatchObject({ code: 'DOCUMENT_ERROR' });
  });

  test('evidence names the page, or the place in the request’s own text', async () => {
    const file = await pdf({ pages: [lines('The weather was fine.'), {}, invoice] });
    const text = 'Here is the invoice.';
    const { evidence = [] } = await classer.classify({ text, file, labels, explain: true });
    const pages = evidence.filter(({ kind }) => kind === 'page').map(({ page }) => page);
    expect(pages).toContain(3);
    expect(pages).not.toContain(2);
    expect(new Set(pages).size).toBe(pages.length);
    for (const { start = 0, end = 0 } of evidence.filter(({ kind }) => kind === 'text')) {
      expect(text.slice(start, end)).not.toBe('');
    }
    expect(evidence.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 2);
  });

  test('a scan is read, and the answer says which pages were', async () => {
    const file = await scannedPdf([await scanned(KINDS['invoice'] ?? []), await scanned([])]);
    const seen: Progress[] = [];
    const { label, ocr, visual_tokens, evidence } = await classer.classify({
      file,
      labels: Object.keys(KINDS),
      explain: true,
      onProgress: (event) => seen.push(event),
    });
    expect({ label, ocr, visual_tokens }).toEqual({ label: 'invoice', ocr: { pages: [1] }, visual_tokens: 98 });
    expect(evidence).toMatchObject([{ kind: 'page', page: 1, weight: 1 }]);
    const shares = seen.filter(({ stage }) => stage === 'document').map(({ done }) => done);
    expect(shares.some((done) => done > 0 && done < 1)).toBe(true);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(shares.at(-1)).toBe(2);
  });

  test('a scan with a stamp as text is read, too', async () => {
    const file = await scannedPdf([await scanned(KINDS['invoice'] ?? [])], 200, {
      content: 'q 595 0 0 842 0 0 cm /I Do Q BT /F 9 Tf 30 20 Td (Scanned with a telephone) Tj ET',
    });
    const { label, ocr, confidence } = await classer.classify({ file, labels: Object.keys(KINDS) });
    expect({ label, ocr }).toEqual({ label: 'invoice', ocr: { pages: [1] } });
    expect(confidence).toBeGreaterThan(0.6);
  });

  test('pictures of writing are read after the text and the file', async () => {
    const image = await Promise.all(
      ['Add flour and sugar', 'and bake the cake'].map(async (line) => png(await note(line))),
    );
    const request = { text: 'A recipe', file: await pdf({ pages: [lines('for a cake:')] }), labels };
    const { label, ocr, visual_tokens, tokens, evidence } = await classer.classify({
      ...request,
      image,
      explain: true,
    });
    expect({ label, ocr, visual_tokens }).toEqual({ label: 'recipe', ocr: { images: [1, 2] }, visual_tokens: 147 });
    const text = 'A recipe\n\nfor a cake:\n\nAdd flour and sugar\n\nand bake the cake';
    expect((await classer.classify({ text, labels })).tokens).toBe(tokens);
    expect(evidence?.map(({ image }) => image)).toContain(1);
    const again = { ...request, explain: true, image: [...image].reverse() };
    expect((await classer.classify({ ...again, image })).cached).toBe(true);
    expect((await classer.classify(again)).cached).toBe(false);
  });

  test('a picture without writing is refused by its number, and so is a document in its place', async () => {
    const image = [await png(await note('Invoice')), await png(await note(''))];
    expect(await refused({ image, labels })).toMatchObject({
      code: 'DOCUMENT_ERROR',
      details: { field: 'image', image: 2, reason: 'empty' },
    });
    expect(await refused({ image: [image[0], '!!notbase64'], labels })).toMatchObject({
      message: expect.stringMatching(/^Image 2: What was sent is no URL, data URL or base64/),
      details: { field: 'image', image: 2, reason: 'corrupt' },
    });
    expect(await refused({ image: 'data:image/png;base64,AB!C', labels })).toMatchObject({
      message: expect.stringMatching(/^Image 1: What follows the comma of the data URL is no base64/),
      details: { field: 'image', image: 1, reason: 'corrupt' },
    });
    expect(await refused({ image: await docx(cv), labels })).toMatchObject({
      details: { field: 'image', image: 1, reason: 'unsupported' },
    });
    expect((await classer.classify({ file: image[0], labels, cache: false })).ocr).toEqual({ pages: [1] });
  });

  test('OCR reads by the language data that are named, and says where there are none', async () => {
    const image = await png(await note('Please pay the invoice'));
    const made = (file: string) => createClasser({ store: 'memory', ocrData: [dist + file] });
    const [named, wrong, missing] = [made('ocr-english.bin'), made('ocr-core.wasm'), made('nothing.traineddata')];
    expect((await named.classify({ image, labels })).ocr).toEqual({ images: [1] });
    for (const one of [wrong, missing]) {
      expect(await rejection(one.classify({ image, labels }))).toMatchObject({ code: 'MODEL_UNAVAILABLE' });
      expect((await one.classify({ file: await pdf({ pages: [invoice] }), labels })).label).toBe('invoice');
    }
    await Promise.all([named, wrong, missing].map((one) => one.dispose()));
    expect(() => createClasser({ ocrData: 'http://' })).toThrow(/ocrData must be a URL/);
  });

  test('a call that is given up while a page is read by OCR settles, and the next one is answered', async () => {
    const given = new AbortController();
    const page = await scanned(Object.values(KINDS).flat(), { size: 9 });
    const call = refused({
      file: await scannedPdf(Array(5).fill(page)),
      labels,
      signal: given.signal,
      onProgress: ({ stage, done }: Progress) => stage === 'document' && done > 0 && given.abort(),
    });
    expect(await call).toMatchObject({ code: 'ABORTED' });
    expect((await classer.classify({ image: await png(await note('Please pay the invoice')), labels })).label).toBe(
      'invoice',
    );
  });

  test('an answer is remembered by the file’s bytes and password', async () => {
    const file = await pdf({ pages: [lines('a page to be remembered')] });
    const cached = async (request: object) => (await classer.classify({ labels, ...request } as never)).cached;
    expect(await cached({ file })).toBe(false);
    expect(await cached({ file: new Blob([file]) })).toBe(true);
    expect(await cached({ file, password: 'x' })).toBe(false);
    expect(await cached({ file: await pdf({ pages: [lines('a page to be Remembered')] }) })).toBe(false);
  });

  test('progress counts pages and then tokens, and ends', async () => {
    const seen: Progress[] = [];
    await classer.ready();
    const file = await pdf({ pages: [invoice, invoice, invoice] });
    await classer.classify({ file, labels, cache: false, onProgress: (event) => seen.push(event) });
    const stages = seen.map(({ stage }) => stage);
    expect([...new Set(stages)]).toEqual(['document', 'text']);
    expect(seen.filter(({ stage }) => stage === 'document').at(-1)).toEqual({ stage: 'document', done: 3, total: 3 });
    expect(seen.at(-1)).toMatchObject({ done: seen.at(-1)?.total });
  });

  test('a call that is given up while the file is read settles, and the next one is answered', async () => {
    const file = await pdf({ pages: [{ content: `${'q Q '.repeat(5_000_000)}BT ET` }] });
    const given = new AbortController();
    const calls = [
      refused({ file, labels, cache: false, signal: given.signal }),
      refused({ file, labels, cache: false, timeout: 0.05 }),
    ];
    given.abort();
    expect((await Promise.all(calls)).map(({ code }) => code)).toEqual(['ABORTED', 'TIMEOUT']);
    expect((await classer.classify({ file: await docx(cv), labels, cache: false })).label).toBe('curriculum vitae');
  });

  test.for([
    { file: '!!', code: 'DOCUMENT_ERROR', says: 'base64' },
    { file: '/home/me/invoice.pdf', code: 'DOCUMENT_ERROR', says: 'path' },
    { file: '', code: 'DOCUMENT_ERROR', says: 'no bytes' },
    { file: 'data:application/pdf;base64,', code: 'DOCUMENT_ERROR', says: 'no bytes' },
    { file: 'http://files.example/a.pdf', code: 'URL_NOT_ALLOWED', says: 'https' },
    { file: 'ftp://files.example/a.pdf', code: 'URL_NOT_ALLOWED', says: 'https' },
    { file: 'file:///etc/passwd', code: 'URL_NOT_ALLOWED', says: 'https' },
    { file: 'http://127.0.0.1:9/a.pdf', code: 'URL_FAILED', says: '127.0.0.1' },
    { image: '!!', code: 'DOCUMENT_ERROR', says: 'base64' },
    { image: 'data:image/png;base64,', code: 'DOCUMENT_ERROR', says: 'no bytes' },
    { image: 'data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg"/>', code: 'DOCUMENT_ERROR', says: 'SVG' },
    { image: 'http://127.0.0.1:9/a.png', code: 'URL_FAILED', says: '127.0.0.1' },
    { image: [{}], code: 'VALIDATION_ERROR', says: 'an object' },
    { file: 7, code: 'VALIDATION_ERROR', says: 'a number' },
    { file: {}, code: 'VALIDATION_ERROR', says: 'an object' },
  ])('$file$image is refused', async ({ code, says, ...given }) => {
    const error = await refused({ ...given, labels });
    expect(error).toMatchObject({ code, details: { field: Object.keys(given)[0] } });
    expect(error.message).toContain(says);
  });

  test('ten files at once are each answered', async () => {
    const files = await Promise.all(
      Array.from({ length: 10 }, (_, i) => pdf({ pages: [lines(`Invoice number ${i}`)] })),
    );
    const answers = await Promise.all(files.map((file) => classer.classify({ file, labels })));
    expect(answers.map(({ label }) => label)).toEqual(Array(10).fill('invoice'));
  });

  test('a classifier that may fetch nothing says so', async () => {
    const strict = createClasser({ store: 'memory', allowUrls: 'none' });
    const call = strict.classify({ file: 'https://files.example/a.pdf', labels });
    expect(await rejection(call)).toMatchObject({ code: 'URL_NOT_ALLOWED' });
    await strict.dispose();
    expect(() => createClasser({ allowUrls: 'all' as never })).toThrow(/any, public or none/);
  });
}
