/** What a caller may ask for a minute; without a number there is no limit. */
export interface RateLimit {
  readonly requests?: number | undefined;
  readonly tokens?: number | undefined;
}

/** What a caller asked for in a minute of the clock. */
export interface RateWindow {
  /** Whole minutes since 1970. */
  readonly minute: number;
  readonly requests: number;
  readonly tokens: number;
}

/** Said where there is no limit. */
export const PLENTY = 2 ** 31 - 1;

export const thisMinute = (): number => Math.floor(Date.now() / 60_000);

/** The end of a window, in seconds since 1970. */
export const resetOf = ({ minute }: Pick<RateWindow, 'minute'>): number => (minute + 1) * 60;

/** What an answer says of the limits and of what is left: section 5 of the contract. */
export function rateHeaders(
  { requests = PLENTY, tokens = PLENTY }: RateLimit = {},
  used: RateWindow = { minute: thisMinute(), requests: 0, tokens: 0 },
): Record<string, string> {
  const left = (limit: number, spent: number) => (limit === PLENTY ? limit : Math.max(0, limit - spent));
  return {
    'X-RateLimit-Limit-Requests': String(requests),
    'X-RateLimit-Remaining-Requests': String(left(requests, used.requests)),
    'X-RateLimit-Limit-Tokens': String(tokens),
    'X-RateLimit-Remaining-Tokens': String(left(tokens, used.tokens)),
    'X-RateLimit-Reset': String(resetOf(used)),
  };
}
