/** Milliseconds for which work is collected before it is written. */
const DELAY = 100;
/** How much longer than the last writing it is collected: large records must not be written all the time. */
const REST = 10;

/** Writes a little later, so that much is written at once; one write at a time. */
export class Later {
  readonly #write: () => Promise<void>;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #delay = DELAY;
  #writing: Promise<void> = Promise.resolve();

  /** `write` writes what is waiting, and must not reject. */
  constructor(write: () => Promise<void>) {
    this.#write = write;
  }

  /** There is something to write. */
  soon(): void {
    this.#timer ??= setTimeout(() => void this.flush(), this.#delay);
  }

  /** Writes what is not written yet. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#writing = this.#writing.then(async () => {
      const begun = performance.now();
      await this.#write();
      this.#delay = Math.max(DELAY, REST * (performance.now() - begun));
    });
    return this.#writing;
  }
}
