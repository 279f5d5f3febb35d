/** Numbers of a block: a quarter of a megabyte. */
const BLOCK = 65_536;

/** A list of whole numbers from 0 that grows without copying what it has: a million of them take 4 MB, and twice that at the end. */
export class Numbers {
  readonly #full: Uint32Array[] = [];
  #block = new Uint32Array(64);
  #used = 0;

  get length(): number {
    return this.#full.length * BLOCK + this.#used;
  }

  push(number: number): void {
    if (this.#used === this.#block.length) this.#grow();
    this.#block[this.#used++] = number;
  }

  /** All of them, in one piece. */
  joined(): Uint32Array {
    const all = new Uint32Array(this.length);
    this.#full.forEach((block, n) => {
      all.set(block, n * BLOCK);
    });
    all.set(this.#block.subarray(0, this.#used), this.#full.length * BLOCK);
    return all;
  }

  /** Short texts are many: their block is as small as they are. */
  #grow(): void {
    if (this.#used < BLOCK) {
      const larger = new Uint32Array(Math.min(BLOCK, 4 * this.#used));
      larger.set(this.#block);
      this.#block = larger;
      return;
    }
    this.#full.push(this.#block);
    this.#block = new Uint32Array(BLOCK);
    this.#used = 0;
  }
}
