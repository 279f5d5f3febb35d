import { ClasserError } from '../contract/errors.js';
import { isUniform, toGrey } from './ocr/grey.js';
import type { Part, TextPart } from './part.js';
import type { Picture } from './picture/picture.js';
import { thumbnail } from './picture/thumbnail.js';

/** Pixels of a side of what is kept of a picture to be looked at. */
export const SIDE = 224;

/** Reads what is written on a picture. */
export interface PictureReader {
  read(picture: Picture, onShare: (share: number) => void): Promise<string>;
}

/** Parts as text: what has to be looked at is drawn and read, one picture at a time. */
export async function* legible(
  parts: AsyncIterable<Part>,
  open: () => Promise<PictureReader>,
  onPages: (done: number, total: number) => void,
): AsyncGenerator<TextPart> {
  for await (const part of parts) {
    if (part.kind === 'text') {
      yield part;
      continue;
    }
    const { page, pages, text: notes, draw } = part;
    const picture = await draw().catch((fault: unknown) => {
      // What we refuse ourselves stands; a page that cannot be drawn has no text.
      if (ClasserError.is(fault)) throw fault;
    });
    const onShare = (share: number) => onPages(page - 1 + share, pages);
    const read = picture ? await (await open()).read(picture, onShare) : '';
    const text = [read, notes].filter(Boolean).join('\n');
    const small = picture && thumbnail(picture, SIDE);
    const thumbnails = small && !isUniform(toGrey(small)) && [small];
    yield { kind: 'text', page, pages, text, ...(read !== '' && { ocr: true }), ...(thumbnails && { thumbnails }) };
  }
}
