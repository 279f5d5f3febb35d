import { lookup as resolve } from 'node:dns';
import { get as getPlain, type IncomingMessage } from 'node:http';
import { get } from 'node:https';
import type { LookupFunction } from 'node:net';
import { ClasserError } from '../contract/errors.js';
import type { UrlPolicy } from '../contract/file.js';
import { isPublicAddress } from '../documents/address.js';
import { collect } from '../documents/download.js';
import type { FetchFile } from '../documents/source.js';
import { checkUrl, FETCH_SECONDS, notAllowed, notFetched, REDIRECTS } from '../documents/url.js';

/** Fetches files over HTTPS; every redirect is checked as the first address was, and so is what each name stands for. */
export const fetchDocument =
  (policy: UrlPolicy): FetchFile =>
  async (text) => {
    const signal = AbortSignal.timeout(FETCH_SECONDS * 1000);
    try {
      let next = text;
      for (let hop = 0; hop <= REDIRECTS; hop++) {
        const url = checkUrl(next, policy);
        const response = await ask(url, policy, signal);
        const { statusCode = 0, headers } = response;
        if (statusCode === 200) return await collect(response);
        response.destroy();
        const redirected = statusCode >= 301 && statusCode <= 308 && headers.location !== undefined;
        if (!redirected) throw notFetched(text, `the server answered ${statusCode}`);
        next = new URL(headers.location as string, url).href;
      }
      throw notFetched(text, `it redirects more than ${REDIRECTS} times`);
    } catch (cause) {
      if (ClasserError.is(cause)) throw cause;
      const why = signal.aborted ? `it took over ${FETCH_SECONDS} seconds` : (cause as Error).message;
      throw notFetched(text, why, cause);
    }
  };

function ask(url: URL, policy: UrlPolicy, signal: AbortSignal): Promise<IncomingMessage> {
  const headers = { 'Accept-Encoding': 'identity', 'User-Agent': 'classer-local' };
  const options = { headers, signal, agent: false as const, lookup: lookupFor(url, policy) };
  return new Promise((resolveResponse, reject) => {
    const request = url.protocol === 'http:' ? getPlain(url, options) : get(url, options);
    request.on('response', resolveResponse).on('error', reject);
  });
}

/** Looks a name up for the very connection that is made, so that it cannot stand for something else a moment later. */
export const lookupFor =
  (url: URL, policy: UrlPolicy): LookupFunction =>
  (name, options, done) => {
    resolve(name, { ...options, all: true }, (error, addresses) => {
      if (error) return done(error, '', 0);
      const [first] = addresses;
      const open = policy === 'any' || addresses.every(({ address }) => isPublicAddress(address));
      if (!open || !first)
        return done(notAllowed(url.href, 'its name stands for an address of a private network'), '', 0);
      return options.all ? done(null, addresses) : done(null, first.address, first.family);
    });
  };
