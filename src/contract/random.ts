/** Random bytes in hex, on every page: `randomUUID` is missing where there is no secure context. */
export function randomHex(bytes: number): string {
  const random = crypto.getRandomValues(new Uint8Array(bytes));
  return Array.from(random, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** A new name for a request. */
export const requestId = (): string => `req_${randomHex(12)}`;
