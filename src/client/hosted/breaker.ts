/** Milliseconds for which a side that failed is left alone: at first, and at most. */
const FIRST = 5000;
const MOST = 300_000;

/**
 * Remembers that a side failed, so that it is not asked, and waited for, by each call.
 *
 * Once its time is over one call tries it again; the others go on without until that one succeeded.
 */
export class Breaker {
  #pause = 0;
  #until = 0;
  #trying = false;

  /** Whether to ask; whoever is told so must say how it went. */
  get closed(): boolean {
    if (this.#pause === 0) return true;
    if (this.#trying || Date.now() < this.#until) return false;
    this.#trying = true;
    return true;
  }

  succeeded(): void {
    this.#pause = 0;
    this.#trying = false;
  }

  /** `wait` is how many seconds the side asked for. */
  failed(wait = 0): void {
    // Calls that were under way when the first of them failed say nothing new.
    if (!this.#trying && Date.now() < this.#until) return;
    this.#pause = Math.min(MOST, Math.max(FIRST, 2 * this.#pause));
    this.#until = Date.now() + Math.max(this.#pause, 1000 * wait);
    this.#trying = false;
  }

  /** The call ended without saying anything about the side, as when it was aborted. */
  passed(): void {
    this.#trying = false;
  }
}
