import { compress, START } from './sha256.js';

const BLOCK = 64;

/** SHA-256 (FIPS 180-4) of bytes that come piece by piece. */
export class RunningSha256 {
  readonly #state = START.slice();
  readonly #words = new Uint32Array(BLOCK);
  /** The beginning of a block that is not whole yet. */
  readonly #rest = new Uint8Array(BLOCK);
  #length = 0;

  add(piece: Uint8Array): void {
    let at = 0;
    const kept = this.#length % BLOCK;
    this.#length += piece.length;
    if (kept > 0) {
      at = Math.min(piece.length, BLOCK - kept);
      this.#rest.set(piece.subarray(0, at), kept);
      if (kept + at < BLOCK) return;
      this.#take(this.#rest, 0);
    }
    for (; at + BLOCK <= piece.length; at += BLOCK) this.#take(piece, at);
    this.#rest.set(piece.subarray(at));
  }

  /** The digest in hex; nothing may be added afterwards. */
  end(): string {
    const length = this.#length;
    // One bit, zeros, and the length in the last eight bytes of a block.
    const padding = new Uint8Array(BLOCK - ((length + 8) % BLOCK) + 8);
    padding[0] = 0x80;
    new DataView(padding.buffer).setBigUint64(padding.length - 8, BigInt(length) * 8n);
    this.add(padding);
    return Array.from(this.#state, (word) => word.toString(16).padStart(8, '0')).join('');
  }

  #take(bytes: Uint8Array, at: number): void {
    const view = new DataView(bytes.buffer, bytes.byteOffset + at, BLOCK);
    for (let i = 0; i < 16; i++) this.#words[i] = view.getUint32(4 * i);
    compress(this.#state, this.#words);
  }
}
