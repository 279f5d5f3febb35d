import { hex } from './bytes.js';

/** Drawn at once, as a draw costs much the same whatever its size. */
const POOL = 1024;
let pool = new Uint8Array();

/** Random bytes in hex, on every page: `randomUUID` is missing where there is no secure context. */
export function randomHex(bytes: number): string {
  if (pool.length < bytes) pool = crypto.getRandomValues(new Uint8Array(Math.max(POOL, bytes)));
  const drawn = hex(pool.subarray(0, bytes));
  pool = pool.subarray(bytes);
  return drawn;
}

/** A new name for a request. */
export const requestId = (): string => `req_${randomHex(12)}`;
