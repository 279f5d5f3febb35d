import { fromLatin, latin } from '../contract/bytes.js';
import { documentFailure, type FileContent, isUrl, readBytes } from '../contract/file.js';
import { LIMITS } from '../contract/limits.js';

/** Fetches a file that a request names by URL. */
export type FetchFile = (url: string) => Promise<Uint8Array<ArrayBuffer>>;

/** The bytes of a file, however it was given. */
export async function bytesOf(content: FileContent, fetchFile: FetchFile): Promise<Uint8Array<ArrayBuffer>> {
  if (isUrl(content)) return fetchFile(content.trim());
  const bytes = await given(content);
  if (bytes.length > LIMITS.fileBytes) throw tooLarge();
  return bytes;
}

/** The error of a file that is over the limit. */
export const tooLarge = (cause?: unknown) =>
  documentFailure('too_large', `The file has more than ${LIMITS.fileBytes} bytes.`, cause);

async function given(content: FileContent): Promise<Uint8Array<ArrayBuffer>> {
  if (typeof content !== 'string') return readBytes(content);
  const comma = /^\s*data:/i.test(content.slice(0, 64)) ? content.indexOf(',') : -1;
  if (comma === -1) return decode(content);
  const body = content.slice(comma + 1);
  if (!/;\s*base64\s*$/i.test(content.slice(0, comma))) return percentDecode(body);
  return decode(unescapePercents(body), 'What follows the comma of the data URL is no base64.');
}

const NEITHER = 'What was sent is no URL, data URL or base64; a path is read only by the classer command.';

/** Base64 of either alphabet, with white space and without padding, as it comes out of mail and command lines. */
function decode(text: string, otherwise = NEITHER): Uint8Array<ArrayBuffer> {
  const plain = text.replace(/\s+/g, '').replaceAll('-', '+').replaceAll('_', '/');
  try {
    return fromLatin(atob(plain));
  } catch (cause) {
    throw documentFailure('corrupt', otherwise, cause);
  }
}

const unescapePercents = (text: string): string => (text.includes('%') ? latin(percentDecode(text)) : text);

function percentDecode(text: string): Uint8Array<ArrayBuffer> {
  const encoded = new TextEncoder().encode(text);
  const bytes: number[] = [];
  for (let i = 0; i < encoded.length; i++) {
    const hex = encoded[i] === 0x25 ? String.fromCharCode(encoded[i + 1] ?? 0, encoded[i + 2] ?? 0) : '';
    const escaped = /^[0-9a-f]{2}$/i.test(hex);
    bytes.push(escaped ? Number.parseInt(hex, 16) : (encoded[i] as number));
    if (escaped) i += 2;
  }
  return Uint8Array.from(bytes);
}
