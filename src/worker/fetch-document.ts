import { ClasserError } from '../contract/errors.js';
import type { UrlPolicy } from '../contract/file.js';
import { collect } from '../documents/download.js';
import type { FetchFile } from '../documents/source.js';
import { checkUrl, FETCH_SECONDS, notFetched } from '../documents/url.js';

/** Fetches files as a page may: without credentials, by the browser's own rules for other origins. */
export const fetchDocument =
  (policy: UrlPolicy): FetchFile =>
  async (text) => {
    const url = checkUrl(text, policy);
    try {
      const response = await fetch(url, {
        credentials: 'omit',
        referrerPolicy: 'no-referrer',
        signal: AbortSignal.timeout(FETCH_SECONDS * 1000),
      });
      // A redirect may have led elsewhere.
      checkUrl(response.url, policy);
      if (!response.ok) throw notFetched(text, `the server answered ${response.status}`);
      return await collect((response.body ?? new Blob().stream()) as unknown as AsyncIterable<Uint8Array>);
    } catch (cause) {
      if (ClasserError.is(cause)) throw cause;
      const late = (cause as Error).name === 'TimeoutError';
      throw notFetched(text, late ? `it took over ${FETCH_SECONDS} seconds` : `${(cause as Error).message}`, cause);
    }
  };
