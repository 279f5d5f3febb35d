import { abandoned, type ClasserError, failure } from './errors.js';

/** A time limit joined with a caller's signal; it must be stopped. */
export class Deadline {
  readonly #controller = new AbortController();
  readonly #seconds: number;
  readonly #outer: AbortSignal | undefined;
  readonly #late: (seconds: number) => ClasserError;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #forward = () => this.#controller.abort(this.#outer?.reason);

  /** `late` makes the error of a limit that has passed. */
  constructor(seconds: number, outer?: AbortSignal, late = tooLate) {
    this.#seconds = seconds;
    this.#outer = outer;
    this.#late = late;
    outer?.addEventListener('abort', this.#forward);
    if (outer?.aborted) this.#forward();
    this.restart();
  }

  /** Fires when time is up (with a TIMEOUT error as its reason) or when the caller's signal does. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** What a promise comes to, unless the signal fires first; afterwards nothing of it is held on to. */
  before<Result>(promise: Promise<Result>): Promise<Result> {
    const { signal } = this.#controller;
    return new Promise((resolve, reject) => {
      const late = () => reject(abandoned(signal));
      if (signal.aborted) late();
      signal.addEventListener('abort', late);
      promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', late));
    });
  }

  /** Gives the whole time again, or another one. */
  restart(seconds = this.#seconds): void {
    clearTimeout(this.#timer);
    // Longer waits overflow the timer and would fire at once.
    if (seconds * 1000 > 2 ** 31 - 1) return;
    this.#timer = setTimeout(() => this.#controller.abort(this.#late(seconds)), seconds * 1000);
  }

  /** Stops the clock. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#outer?.removeEventListener('abort', this.#forward);
  }
}

const tooLate = (seconds: number): ClasserError =>
  failure('TIMEOUT', `No answer within ${seconds} seconds; raise the timeout or send less.`);
