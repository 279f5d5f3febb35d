/** What mammoth makes of a document's elements; which fields are there depends on the type. */
export interface DocxElement {
  readonly type: string;
  readonly value?: string;
  readonly children?: readonly DocxElement[];
  readonly breakType?: string;
  readonly numbering?: { readonly level: number | string; readonly isOrdered: boolean } | null;
  readonly altText?: string | null;
  readonly checked?: boolean;
  readonly notes?: { resolve(reference: DocxElement): DocxElement | undefined };
  readonly body?: readonly DocxElement[];
  /** The bytes of a picture. */
  readAsArrayBuffer?(): Promise<Uint8Array<ArrayBuffer>>;
}

/** Stands where a page ends. */
export const PAGE_BREAK = '\f';
/** Stands where a picture is, followed by nothing: characters for private use, in order of the pictures. */
const PICTURE = 0xf0000;

/** The numbers, from 0, of the pictures in a text. */
export const pictureNumbers = (text: string): number[] =>
  [...text].map((char) => (char.codePointAt(0) ?? 0) - PICTURE).filter((number) => number >= 0);

/**
 * A document's text: a line a paragraph, `- ` before what is in a list, a row of a table in one line with ` | ` between
 * its cells, what a picture shows where its author said so, and a paragraph's notes after it in brackets. `pictures`
 * gets the pictures.
 */
export function documentText(document: DocxElement, pictures: DocxElement[]): string {
  return new Writer(document.notes, pictures).blocks(document.children ?? []).join('\n');
}

class Writer {
  readonly #notes: DocxElement['notes'];
  readonly #pictures: DocxElement[];
  /** References of the paragraph that is being written. */
  #open: DocxElement[] = [];

  constructor(notes: DocxElement['notes'], pictures: DocxElement[]) {
    this.#notes = notes;
    this.#pictures = pictures;
  }

  blocks(elements: readonly DocxElement[]): string[] {
    return elements.flatMap((element) => this.#block(element));
  }

  #block(element: DocxElement): string[] {
    const { type, children = [], numbering } = element;
    if (type === 'table') return children.map((row) => this.#row(row)).filter((row) => row !== '');
    if (type !== 'paragraph') return [this.#inline(element)];
    const text = this.#inline(element);
    const open = this.#open;
    this.#open = [];
    const indent = '  '.repeat(Math.min(8, Number(numbering?.level ?? 0)));
    const line = numbering && text.trim() !== '' ? `${indent}- ${text}` : text;
    return [line, ...open.flatMap((reference) => this.#note(reference))];
  }

  #row({ children = [] }: DocxElement): string {
    const cells = children.map((cell) =>
      this.blocks(cell.children ?? [])
        .join(' ')
        .trim(),
    );
    return cells.every((cell) => cell === '') ? '' : cells.join(' | ');
  }

  #note(reference: DocxElement): string[] {
    const body = this.#notes?.resolve(reference)?.body ?? [];
    const text = new Writer(undefined, this.#pictures).blocks(body).join(' ').trim();
    return text === '' ? [] : [`[${text}]`];
  }

  #inline(element: DocxElement): string {
    switch (element.type) {
      case 'text':
        return element.value ?? '';
      case 'tab':
        return ' ';
      case 'break':
        return element.breakType === 'page' ? PAGE_BREAK : '\n';
      case 'checkbox':
        return element.checked ? '[x]' : '[ ]';
      case 'image':
        return String.fromCodePoint(PICTURE + this.#pictures.push(element) - 1) + (element.altText ?? '');
      case 'noteReference':
        this.#open.push(element);
        return '';
      case 'table':
        return this.#block(element).join('\n');
      default:
        return (element.children ?? []).map((child) => this.#inline(child)).join('');
    }
  }
}
