import { quote } from '../contract/checks.js';
import { type ClasserError, failure } from '../contract/errors.js';
import type { UrlPolicy } from '../contract/file.js';
import { isPublicAddress } from './address.js';

/** Names of this machine and of its own network. */
const NEAR = /(^|\.)(localhost|local|internal|lan|home\.arpa)\.?$/i;
const NUMBERS = /^(\d+\.\d+\.\d+\.\d+|\[.*\])$/;

/** True for a host that is this machine. */
const isLoopback = (host: string): boolean => /^(127(\.\d+){3}|\[::1\]|(.+\.)?localhost)$/i.test(host);

/**
 * A URL that may be asked for a file; throws URL_NOT_ALLOWED.
 *
 * It is https, or http to this machine itself. `public` allows no address or name that is known to be private; what a
 * name stands for is checked again where it is looked up.
 */
export function checkUrl(text: string, policy: UrlPolicy): URL {
  if (policy === 'none') throw notAllowed(text, 'URLs are not fetched here; send the file itself');
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw notAllowed(text, 'it is no URL');
  }
  const { protocol, hostname } = url;
  if (protocol !== 'https:' && !(protocol === 'http:' && isLoopback(hostname))) {
    throw notAllowed(text, 'only https is fetched; send the file itself');
  }
  const near = NUMBERS.test(hostname) ? !isPublicAddress(hostname) : NEAR.test(hostname) || !hostname.includes('.');
  if (policy === 'public' && near) throw notAllowed(text, 'it is an address of a private network');
  // Whatever name and password it carries is not sent.
  url.username = '';
  url.password = '';
  return url;
}

/** The error of a URL that is refused. */
export const notAllowed = (url: string, why: string, cause?: unknown): ClasserError =>
  failure('URL_NOT_ALLOWED', `The file at ${quote(url)} is not fetched: ${why}.`, { field: 'file' }, cause);

/** The error of a URL that gave no file. */
export const notFetched = (url: string, why: string, cause?: unknown): ClasserError =>
  failure('URL_FAILED', `The file at ${quote(url)} could not be fetched: ${why}.`, { field: 'file' }, cause);

/** Seconds in which the whole file must have come. */
export const FETCH_SECONDS = 30;
/** Redirects that are followed. */
export const REDIRECTS = 5;
