import type { PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';

/** What of pdf.js's annotations is read. */
interface Annotation {
  readonly subtype?: unknown;
  readonly hidden?: unknown;
  readonly fieldType?: unknown;
  readonly fieldValue?: unknown;
  readonly fieldName?: unknown;
  readonly alternativeText?: unknown;
  readonly password?: unknown;
  readonly contentsObj?: { readonly str?: unknown };
  readonly textContent?: unknown;
}

/** What people wrote onto a page: the values of its form, and their notes. */
export async function annotationTexts(page: PDFPageProxy): Promise<string[]> {
  // Broken annotations are no reason not to read the page.
  const annotations: Annotation[] = await page.getAnnotations({ intent: 'display' }).catch(() => []);
  const texts = annotations
    .filter(({ hidden }) => hidden !== true)
    .map((one) => (isField(one) ? field(one) : note(one)));
  return [...new Set(texts.filter((text) => text.trim() !== ''))];
}

const isField = ({ subtype }: Annotation): boolean => subtype === 'Widget';

/** `name: value`, or the name of what is not filled in; a box that is not ticked and a password say nothing. */
function field({ fieldType, fieldValue, fieldName, alternativeText, password }: Annotation): string {
  if (password === true || fieldType === 'Sig') return '';
  const values = (Array.isArray(fieldValue) ? fieldValue : [fieldValue]).filter(isText);
  if (fieldType === 'Btn' && values[0] === 'Off') return '';
  const name = [alternativeText, fieldName].find(isText);
  return [name, values.join(', ')].filter(isText).join(': ');
}

function note({ contentsObj, textContent }: Annotation): string {
  const drawn = Array.isArray(textContent) ? textContent.filter(isText).join('\n') : '';
  return drawn || (isText(contentsObj?.str) ? contentsObj.str : '');
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
