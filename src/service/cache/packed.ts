import { fromLatin, latin } from '../../contract/bytes.js';

/** Numbers as base64 of their 32-bit floats, behind them a checksum. */
export function pack(numbers: Float32Array): string {
  const words = new Uint32Array(numbers.length + 1);
  words.set(new Uint32Array(numbers.slice().buffer));
  words[numbers.length] = checksum(words.subarray(0, -1));
  return btoa(latin(new Uint8Array(words.buffer)));
}

/** So many numbers; undefined for what is not just that. */
export function unpack(text: string, length: number): Float32Array | undefined {
  try {
    const words = new Uint32Array(fromLatin(atob(text)).buffer);
    if (words.length !== length + 1 || words[length] !== checksum(words.subarray(0, -1))) return undefined;
    return new Float32Array(words.buffer, 0, length);
  } catch {
    return undefined;
  }
}

/** FNV-1a, a word at a time. */
const checksum = (words: Uint32Array): number =>
  words.reduce((hash, word) => Math.imul(hash ^ word, 0x01000193) >>> 0, 0x811c9dc5);
