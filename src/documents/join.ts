import { concat } from '../contract/bytes.js';

/** Pieces as one, which ends as soon as a piece cannot be had. */
export async function join(pieces: AsyncIterable<Uint8Array>): Promise<Uint8Array<ArrayBuffer>> {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(piece);
  return concat(all);
}
