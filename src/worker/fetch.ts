import { concat, fromLatin } from '../contract/bytes.js';
import { ClasserError, failure } from '../contract/errors.js';
import type { ReadFile } from '../engines/assets.js';

/** Reads a file over HTTP, counting its bytes as they come. */
export const fetchFile: ReadFile = async (url, signal, onBytes) => {
  // A bundler may have inlined a small file; fetching a data URL would need the page's policy to allow it.
  if (url.startsWith('data:')) return decode(url);
  const { body } = await request(url, signal);
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of (body ?? new Blob().stream()) as unknown as AsyncIterable<Uint8Array>) {
      chunks.push(chunk);
      length += chunk.length;
      onBytes(length);
    }
  } catch (cause) {
    signal.throwIfAborted();
    throw failure('MODEL_UNAVAILABLE', `The download of ${url} broke off; try again.`, { url }, cause);
  }
  return concat(chunks);
};

async function request(url: string, signal: AbortSignal): Promise<Response> {
  try {
    const response = await fetch(url, { signal });
    if (response.ok) return response;
    throw failure('MODEL_UNAVAILABLE', `${url} answered ${response.status}; check the assets option.`, { url });
  } catch (cause) {
    signal.throwIfAborted();
    if (ClasserError.is(cause)) throw cause;
    throw failure(
      'MODEL_UNAVAILABLE',
      `${url} could not be reached; check the network or the assets option.`,
      { url },
      cause,
    );
  }
}

function decode(url: string): Uint8Array<ArrayBuffer> {
  const comma = url.indexOf(',');
  const body = url.slice(comma + 1);
  const binary = url.slice(0, comma).endsWith(';base64') ? atob(body) : decodeURIComponent(body);
  return fromLatin(binary);
}
