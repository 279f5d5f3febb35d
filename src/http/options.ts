import { LIMITS } from '../contract/limits.js';
import type { RateLimit } from '../contract/rate.js';
import { checkOrigin } from './guard.js';

/** How a handler is set up; every option may be left out. */
export interface HandlerOptions {
  /** Bytes that a real-time request's body may have; default 1,000,000. */
  maxBody?: number | undefined;
  /** Seconds in which a real-time request's body must have come; default 30. */
  bodyTimeout?: number | undefined;
  /** Origins of other sites whose pages may ask, such as `https://app.example`, or `*`; default none. */
  origins?: readonly string[] | undefined;
  /** Names that the server goes by; requests for others are refused. Default: any, as there may be no network. */
  hosts?: readonly string[] | undefined;
  /** Whether a bearer key is needed, one of `classer.keys`; default false. */
  requireKey?: boolean | undefined;
  /** What a key, or everybody without one, may ask for a minute; default: all they want. */
  rateLimit?: RateLimit | undefined;
}

/** Options once filled in. */
export const fillIn = ({
  maxBody = LIMITS.bodyBytes,
  bodyTimeout = 30,
  origins = [],
  hosts,
  requireKey = false,
  rateLimit = {},
}: HandlerOptions) => ({
  body: { bytes: maxBody, seconds: bodyTimeout },
  guard: {
    origins: origins.map((one) => checkOrigin(one, 'origins')),
    hosts: hosts?.map((host) => host.toLowerCase()),
  },
  requireKey,
  rateLimit,
});
