import { HEADERS } from '../headers.js';
import type { PrecachedFile } from './precache.js';

/**
 * A copy of a response whose content is the file's, byte for byte.
 *
 * Throws for anything else: an error, a page in place of a missing file, a cut download, another version.
 */
export async function copyOf(
  response: Response,
  file: PrecachedFile,
  onBytes: (count: number) => void,
): Promise<Response> {
  if (!response.ok) throw new Error(`${file.url} answered ${response.status}`);
  const bytes = new Uint8Array(file.bytes);
  let at = 0;
  for await (const chunk of (response.body ?? new Blob().stream()) as unknown as AsyncIterable<Uint8Array>) {
    if (at + chunk.length > file.bytes) throw new Error(`${file.url} is longer than it was built`);
    bytes.set(chunk, at);
    at += chunk.length;
    onBytes(chunk.length);
  }
  if (at < file.bytes || (await sha256(bytes)) !== file.sha256) throw new Error(`${file.url} is not what was built`);
  const type = response.headers.get('Content-Type') ?? 'application/octet-stream';
  return new Response(bytes, { headers: { ...HEADERS, 'Content-Type': type } });
}

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
