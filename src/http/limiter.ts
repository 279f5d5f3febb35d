import { failure } from '../contract/errors.js';
import { PLENTY, type RateLimit, type RateWindow, rateHeaders, resetOf, thisMinute } from '../contract/rate.js';

type Window = { -readonly [Field in keyof RateWindow]: RateWindow[Field] };

/** Callers that are counted apart. */
const MOST = 10_000;

/** Counts requests and tokens by caller in each minute of the clock. */
export class Limiter {
  readonly #limit: RateLimit;
  readonly #windows = new Map<string, Window>();

  constructor(limit: RateLimit) {
    this.#limit = limit;
  }

  /** Counts a request; throws RATE_LIMITED where it is one too many, or the tokens were used up before. */
  admit(caller: string): void {
    const window = this.#window(caller);
    const { requests = PLENTY, tokens = PLENTY } = this.#limit;
    if (window.requests >= requests || window.tokens >= tokens) {
      const seconds = Math.max(1, Math.ceil(resetOf(window) - Date.now() / 1000));
      const what = window.requests >= requests ? `${requests} requests` : `${tokens} tokens`;
      throw failure('RATE_LIMITED', `More than ${what} a minute; ask again in ${seconds} seconds.`, {
        retry_after: seconds,
      });
    }
    window.requests++;
  }

  /** Counts tokens once they were read. */
  spend(caller: string, tokens: number): void {
    this.#window(caller).tokens += tokens;
  }

  headers(caller: string): Record<string, string> {
    return rateHeaders(this.#limit, this.#window(caller));
  }

  #window(caller: string): Window {
    const minute = thisMinute();
    const current = this.#windows.get(caller);
    if (current?.minute === minute) return current;
    if (this.#windows.size >= MOST) this.#windows.clear();
    const window = { minute, requests: 0, tokens: 0 };
    this.#windows.set(caller, window);
    return window;
  }
}
