import { failure } from '../contract/errors.js';

/** What a caller may ask for a minute; without a number there is no limit. */
export interface RateLimit {
  readonly requests?: number | undefined;
  readonly tokens?: number | undefined;
}

interface Window {
  readonly minute: number;
  requests: number;
  tokens: number;
}

/** Said where there is no limit. */
const PLENTY = 2 ** 31 - 1;
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
      const seconds = Math.max(1, Math.ceil(reset(window) - Date.now() / 1000));
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
    const window = this.#window(caller);
    const { requests = PLENTY, tokens = PLENTY } = this.#limit;
    const left = (limit: number, used: number) =>
      limit === PLENTY ? String(PLENTY) : String(Math.max(0, limit - used));
    return {
      'X-RateLimit-Limit-Requests': String(requests),
      'X-RateLimit-Remaining-Requests': left(requests, window.requests),
      'X-RateLimit-Limit-Tokens': String(tokens),
      'X-RateLimit-Remaining-Tokens': left(tokens, window.tokens),
      'X-RateLimit-Reset': String(reset(window)),
    };
  }

  #window(caller: string): Window {
    const minute = Math.floor(Date.now() / 60_000);
    const current = this.#windows.get(caller);
    if (current?.minute === minute) return current;
    if (this.#windows.size >= MOST) this.#windows.clear();
    const window = { minute, requests: 0, tokens: 0 };
    this.#windows.set(caller, window);
    return window;
  }
}

/** The end of a window, in seconds since 1970. */
const reset = ({ minute }: Window): number => (minute + 1) * 60;
