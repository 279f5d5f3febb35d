import { concat } from '../contract/bytes.js';

/** Something that servers send in a file's place. */
export type Stranger = 'web_page' | 'lfs_pointer';

/** First bytes that tell. */
const ENOUGH = 64;
const LFS = 'version https://git-lfs.github.com/spec/';

/** Looks at the first bytes of a file, and gives them back with the rest. */
export async function stranger(
  body: AsyncIterable<Uint8Array>,
): Promise<{ what: Stranger | undefined; body: AsyncIterable<Uint8Array> }> {
  const rest = body[Symbol.asyncIterator]();
  const first: Uint8Array[] = [];
  let ended = false;
  while (!ended && first.reduce((sum, { length }) => sum + length, 0) < ENOUGH) {
    const next = await rest.next();
    ended = next.done === true;
    if (!next.done) first.push(next.value);
  }
  const text = new TextDecoder('latin1').decode(concat(first).subarray(0, ENOUGH));
  const page = /^(\xef\xbb\xbf)?\s*<(!doctype|html|head|\?xml|!--)/i.test(text);
  const what = page ? 'web_page' : text.startsWith(LFS) ? 'lfs_pointer' : undefined;
  if (what) await rest.return?.();
  return {
    what,
    body: (async function* () {
      yield* first;
      if (!ended) yield* { [Symbol.asyncIterator]: () => rest };
    })(),
  };
}
