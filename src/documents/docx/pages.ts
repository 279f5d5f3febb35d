/** Characters that a page without a break has at most: fewer are usual. */
const FULL = 5000;

/**
 * About how many pages a document has; only a layout program could tell.
 *
 * The breaks that the last program noted when it laid the pages out, or those that the author put in; and where that
 * is fewer than the text fills, as many as it fills.
 */
export function countPages(mainPart: string, characters: number): number {
  const count = (pattern: RegExp) => mainPart.match(pattern)?.length ?? 0;
  const noted = count(/<w:lastRenderedPageBreak\b/g);
  const put = count(/<w:br\b[^>]*\bw:type="page"/g) + count(/<w:pageBreakBefore\s*\/>/g);
  return Math.max(noted + 1, put + 1, Math.ceil(characters / FULL));
}
