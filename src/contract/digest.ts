import { hex } from './bytes.js';
import { sha256Now } from './sha256.js';

/** Bytes from which on Web Crypto is faster. */
const LONG = 16_384;

/** SHA-256 in hex. */
export async function sha256(content: string | Uint8Array<ArrayBuffer>): Promise<string> {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  // A page that is no secure context has no Web Crypto.
  const subtle = bytes.length < LONG ? undefined : globalThis.crypto?.subtle;
  const digest = subtle ? new Uint8Array(await subtle.digest('SHA-256', bytes)) : sha256Now(bytes);
  return hex(digest);
}
