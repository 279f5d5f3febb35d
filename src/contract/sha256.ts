/** The first 32 bits of the fractional parts of the cube roots of the first 64 primes (FIPS 180-4, 4.2.2). */
const K = new Uint32Array(64);
/** Likewise of the square roots of the first 8 (5.3.3). */
export const START = new Uint32Array(8);
for (let prime = 2, found = 0; found < 64; prime++) {
  if (Array.from({ length: prime - 2 }, (_, i) => i + 2).some((divisor) => prime % divisor === 0)) continue;
  const bits = (root: number) => Math.floor((root % 1) * 2 ** 32);
  if (found < 8) START[found] = bits(Math.sqrt(prime));
  K[found++] = bits(Math.cbrt(prime));
}

/** SHA-256 (FIPS 180-4) at once: for short inputs Web Crypto's way to another thread and back takes longer. */
export function sha256Now(bytes: Uint8Array): Uint8Array {
  const blocks = new Uint8Array((((bytes.length + 8) >> 6) + 1) << 6);
  blocks.set(bytes);
  blocks[bytes.length] = 0x80;
  const view = new DataView(blocks.buffer);
  view.setBigUint64(blocks.length - 8, BigInt(bytes.length) * 8n);
  const state = START.slice();
  const words = new Uint32Array(64);
  for (let at = 0; at < blocks.length; at += 64) {
    for (let i = 0; i < 16; i++) words[i] = view.getUint32(at + 4 * i);
    compress(state, words);
  }
  const digest = new DataView(new ArrayBuffer(32));
  for (const [i, word] of state.entries()) digest.setUint32(4 * i, word);
  return new Uint8Array(digest.buffer);
}

/** Takes one block of sixteen words into the state; `w` has room for the other 48. */
export function compress(state: Uint32Array, w: Uint32Array): void {
  for (let i = 16; i < 64; i++) {
    const [x, y] = [w[i - 15] as number, w[i - 2] as number];
    const small0 = right(x, 7) ^ right(x, 18) ^ (x >>> 3);
    const small1 = right(y, 17) ^ right(y, 19) ^ (y >>> 10);
    w[i] = ((w[i - 16] as number) + small0 + (w[i - 7] as number) + small1) | 0;
  }
  let [a, b, c, d, e, f, g, h] = state as unknown as [number, number, number, number, number, number, number, number];
  for (let i = 0; i < 64; i++) {
    const choose = (e & f) ^ (~e & g);
    const one = (h + (right(e, 6) ^ right(e, 11) ^ right(e, 25)) + choose + (K[i] as number) + (w[i] as number)) | 0;
    const most = (a & b) ^ (a & c) ^ (b & c);
    const two = ((right(a, 2) ^ right(a, 13) ^ right(a, 22)) + most) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + one) | 0;
    d = c;
    c = b;
    b = a;
    a = (one + two) | 0;
  }
  for (const [i, word] of [a, b, c, d, e, f, g, h].entries()) state[i] = ((state[i] as number) + word) | 0;
}

const right = (word: number, by: number): number => (word >>> by) | (word << (32 - by));
