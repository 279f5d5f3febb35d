import { LIMITS } from '../contract/limits.js';
import { join } from './join.js';
import { tooLarge } from './source.js';

/** The bytes of a download, given up once they are too many. */
export const collect = (body: AsyncIterable<Uint8Array>): Promise<Uint8Array<ArrayBuffer>> => join(limited(body));

async function* limited(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let length = 0;
  for await (const piece of body) {
    length += piece.length;
    if (length > LIMITS.fileBytes) throw tooLarge();
    yield piece;
  }
}
