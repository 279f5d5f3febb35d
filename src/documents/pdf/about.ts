import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';

/** Bookmarks that are read: more than a table of contents has. */
const MOST = 500;

interface Bookmark {
  readonly title: string;
  readonly items: readonly Bookmark[];
}

/** Programs that make slides, as the files that they write say. */
const FOR_SLIDES = /\b(PowerPoint|Impress|Keynote|Beamer|Google Slides)\b/i;

/** Whether a PDF was made by a program for slides. */
export async function isBySlideProgram(pdf: PDFDocumentProxy): Promise<boolean> {
  const { Creator, Producer } = await infoOf(pdf);
  return FOR_SLIDES.test(`${Creator} ${Producer}`);
}

/** What a PDF says of itself: title, subject, keywords, and its bookmarks, which are headings. */
export async function aboutPdf(pdf: PDFDocumentProxy): Promise<string> {
  const [info, outline] = await Promise.all([infoOf(pdf), pdf.getOutline().catch(() => undefined)]);
  const said = ['Title', 'Subject', 'Keywords'].map((name) => info[name]);
  const titles = headings((outline ?? []) as readonly Bookmark[]).slice(0, MOST);
  return [...said, ...titles].filter((text) => typeof text === 'string' && text.trim() !== '').join('\n');
}

async function infoOf(pdf: PDFDocumentProxy): Promise<Readonly<Record<string, unknown>>> {
  const metadata = await pdf.getMetadata().catch(() => undefined);
  return (metadata?.info ?? {}) as Readonly<Record<string, unknown>>;
}

const headings = (bookmarks: readonly Bookmark[]): string[] =>
  bookmarks.flatMap(({ title, items }) => [title, ...headings(items)]);
