import { isBlank } from '../contract/checks.js';
import type { DocumentFile } from '../contract/file.js';
import type { ReadByOcr } from '../contract/types.js';
import type { DocumentContext } from './context.js';
import type { LaidOut } from './form.js';
import type { TextPart } from './part.js';
import type { Picture } from './picture/picture.js';
import type { Place } from './place.js';
import type { Seen } from './seen.js';

/** A page or picture that may be a photograph; `file` is the number from 0 of the file that it is in. */
export interface Shown {
  readonly file: number;
  readonly place: Place;
  readonly thumbnail: Picture;
}

/** The text of a request's file and pictures. */
export interface DocumentText {
  readonly shown: readonly Shown[];
  /** How its pages and pictures are laid out, those of which that is known. */
  readonly sheets: readonly LaidOut[];
  /** Files without any text. */
  readonly silent: ReadonlySet<number>;
  /** What its photographs show, once somebody looked; undefined where there are none. */
  readonly seen?: Seen;
  /** Pages and pictures. */
  readonly pages: number;
  /** Those that were read off their pictures; undefined where none was. */
  readonly ocr: ReadByOcr | undefined;
  /** A request's own text with theirs after it. */
  after(text: string): string;
  /** Where a place in that is; undefined in the request's own text. */
  placeAt(at: number, text: string): Place | undefined;
}

/** Stands between two pages, and between a request's own text and its file's. */
const BETWEEN = '\n\n';

/** Gathers the parts of files, one file after the other. */
export async function gatherText(
  files: readonly DocumentFile[],
  read: (file: DocumentFile, context: DocumentContext) => AsyncIterable<TextPart>,
  { signal, urgency, onPages }: DocumentContext,
): Promise<DocumentText> {
  const texts: string[] = [];
  const shown: Shown[] = [];
  const sheets: LaidOut[] = [];
  const silent = new Set(files.keys());
  const places: (Place & { start: number })[] = [];
  const ocr = new Numbers();
  const unread = new Numbers();
  let length = 0;
  for (const [i, file] of files.entries()) {
    const { image } = file;
    const before = texts.length;
    const after = files.length - 1 - i;
    const count = (done: number, total: number) => onPages(before + done, before + total + after);
    for await (const part of read(file, { signal, urgency, onPages: count })) {
      texts.push(part.text);
      const place = image === undefined ? { page: part.page } : { image };
      places.push({ ...place, start: length });
      if (part.sheet) sheets.push({ place, text: part.text, ocr: part.ocr === true, sheet: part.sheet });
      if (!isBlank(part.text)) silent.delete(i);
      for (const thumbnail of part.thumbnails ?? []) shown.push({ file: i, place, thumbnail });
      length += part.text.length + BETWEEN.length;
      if (part.ocr) ocr.add(place);
      if (part.cut) unread.add(place);
      count(part.page, part.pages);
    }
  }
  const whole = texts.join(BETWEEN);
  const readOff = { ...ocr.some, ...(unread.some && { unread: unread.some }) };
  return {
    shown,
    sheets,
    silent,
    pages: texts.length,
    ocr: Object.keys(readOff).length > 0 ? readOff : undefined,
    after: (text) => (isBlank(text) ? whole : `${text}${BETWEEN}${whole}`),
    placeAt(at, text) {
      const within = isBlank(text) ? at : at - text.length - BETWEEN.length;
      return places.findLast(({ start }) => start <= within);
    },
  };
}

/** Numbers of pages and pictures. */
class Numbers {
  readonly #pages: number[] = [];
  readonly #images: number[] = [];

  add(place: Place): void {
    if ('page' in place) this.#pages.push(place.page);
    else this.#images.push(place.image);
  }

  /** Undefined where there are none. */
  get some(): { pages?: number[]; images?: number[] } | undefined {
    const [pages, images] = [this.#pages, this.#images];
    if (pages.length + images.length === 0) return undefined;
    return { ...(pages.length > 0 && { pages }), ...(images.length > 0 && { images }) };
  }
}
