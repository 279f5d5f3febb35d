import { abandoned, failure } from '../contract/errors.js';

/** A time limit joined with a caller's signal; it must be stopped. */
export class Deadline {
  readonly #controller = new AbortController();
  readonly #seconds: number;
  readonly #outer: AbortSignal | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #forward = () => this.#controller.abort(this.#outer?.reason);

  constructor(seconds: number, outer?: AbortSignal) {
    this.#seconds = seconds;
    this.#outer = outer;
    outer?.addEventListener('abort', this.#forward);
    if (outer?.aborted) this.#forward();
    this.restart();
  }

  /** Fires when time is up (with a TIMEOUT error as its reason) or when the caller's signal does. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Never resolves; rejects when the signal fires. */
  get passed(): Promise<never> {
    const { signal } = this.#controller;
    return new Promise((_, reject) => {
      if (signal.aborted) reject(abandoned(signal));
      signal.addEventListener('abort', () => reject(abandoned(signal)));
    });
  }

  /** Gives the whole time again. */
  restart(): void {
    clearTimeout(this.#timer);
    // Longer waits overflow the timer and would fire at once.
    if (this.#seconds * 1000 > 2 ** 31 - 1) return;
    const late = () =>
      failure('TIMEOUT', `No answer within ${this.#seconds} seconds; raise the timeout or shorten the text.`);
    this.#timer = setTimeout(() => this.#controller.abort(late()), this.#seconds * 1000);
  }

  /** Stops the clock. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#outer?.removeEventListener('abort', this.#forward);
  }
}
