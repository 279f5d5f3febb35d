import { ClasserError } from '../contract/errors.js';
import type { View } from '../contract/view.js';
import { isUniform, toGrey } from './ocr/grey.js';
import type { Part, TextPart } from './part.js';
import type { Picture } from './picture/picture.js';
import { thumbnail, viewed } from './picture/thumbnail.js';
import type { Sheet } from './sheet.js';
import { unsaid } from './sparse.js';

/** Pixels of a side of what is kept of a picture to be looked at. */
export const SIDE = 224;

/** What is written on a picture, and how; nothing where nothing is legible. */
export interface Written {
  readonly text: string;
  /** Whether reading was given up before its end. */
  readonly cut?: boolean;
  readonly sheet?: Sheet;
}

/** Reads what is written on a picture. */
export interface PictureReader {
  read(picture: Picture, onShare: (share: number) => void): Promise<Written>;
}

/**
 * Parts as text: what has to be looked at is drawn and read, one picture at a time. With a `view` it is left to the model
 * that takes it so, and not read: what is no writing is easily taken for some.
 */
export async function* legible(
  parts: AsyncIterable<Part>,
  open: () => Promise<PictureReader>,
  onPages: (done: number, total: number) => void,
  view?: View,
): AsyncGenerator<TextPart> {
  for await (const part of parts) {
    if (part.kind === 'text') {
      yield part;
      continue;
    }
    const { draws, ...page } = part;
    const texts: string[] = [];
    const sheets: (Sheet | undefined)[] = [];
    const thumbnails: Picture[] = [];
    let cut = false;
    for (const [i, draw] of draws.entries()) {
      const picture = await draw().catch((fault: unknown) => {
        // What we refuse ourselves stands; what cannot be drawn has no text.
        if (ClasserError.is(fault)) throw fault;
      });
      if (!picture) continue;
      const onShare = (share: number) => onPages(page.page - 1 + (i + share) / draws.length, page.pages);
      if (!view) {
        const written = await (await open()).read(picture, onShare);
        texts.push(unsaid(written.text, page.text));
        sheets.push(written.sheet);
        cut ||= written.cut === true;
      }
      const small = view ? viewed(picture, view) : thumbnail(picture, SIDE);
      if (!isUniform(toGrey(small))) thumbnails.push(small);
    }
    const ocr = texts.some((text) => text !== '');
    const text = [...texts, page.text].filter(Boolean).join('\n');
    // One picture is all of the page, and was turned the right way up; of several each is a part of it.
    const sheet = (sheets.length === 1 && sheets[0]) || page.sheet;
    yield {
      ...page,
      kind: 'text',
      text,
      sheet,
      ...(ocr && { ocr }),
      ...(cut && { cut }),
      ...(thumbnails.length > 0 && { thumbnails }),
    };
  }
}
