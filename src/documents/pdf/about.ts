import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';

/** Bookmarks that are read: more than a table of contents has. */
const MOST = 500;

interface Bookmark {
  readonly title: string;
  readonly items: readonly Bookmark[];
}

/** What a PDF says of itself: title, subject, keywords, and its bookmarks, which are headings. */
export async function aboutPdf(pdf: PDFDocumentProxy): Promise<string> {
  const [metadata, outline] = await Promise.all([
    pdf.getMetadata().catch(() => undefined),
    pdf.getOutline().catch(() => undefined),
  ]);
  const info = (metadata?.info ?? {}) as Readonly<Record<string, unknown>>;
  const said = ['Title', 'Subject', 'Keywords'].map((name) => info[name]);
  const titles = headings((outline ?? []) as readonly Bookmark[]).slice(0, MOST);
  return [...said, ...titles].filter((text) => typeof text === 'string' && text.trim() !== '').join('\n');
}

const headings = (bookmarks: readonly Bookmark[]): string[] =>
  bookmarks.flatMap(({ title, items }) => [title, ...headings(items)]);
