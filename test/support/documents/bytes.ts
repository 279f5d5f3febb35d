import { Crc32 } from '../../../src/models/crc32.js';

export type Bytes = Uint8Array<ArrayBuffer>;

/** One byte a character. */
export const bytes = (text: string): Bytes => Uint8Array.from(text, (char) => char.charCodeAt(0));

export function concat(...pieces: readonly Uint8Array[]): Bytes {
  const all = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

/** The checksum of PNG and zip; decoders of pictures refuse a wrong one. */
export function crc32(content: Bytes): number {
  const crc = new Crc32();
  crc.add(content);
  return crc.value;
}

/** Deflated, with zlib's header or bare. */
export async function deflate(content: Bytes, format: 'deflate' | 'deflate-raw'): Promise<Bytes> {
  const packed = new Blob([content]).stream().pipeThrough(new CompressionStream(format));
  return new Uint8Array(await new Response(packed).arrayBuffer());
}

export function base64(content: Uint8Array): string {
  let binary = '';
  for (const byte of content) binary += String.fromCharCode(byte);
  return btoa(binary);
}
