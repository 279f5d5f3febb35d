import type { Caller } from '../client/caller.js';
import type { Classer } from '../client/classer.js';
import type { Path } from '../contract/paths.js';

/** What a route gets besides the request. */
export interface Exchange {
  readonly request: Request;
  readonly url: URL;
  /** Values of the path's parameters, decoded. */
  readonly params: Readonly<Record<string, string>>;
  readonly classer: Classer;
  readonly caller: Caller;
  /** Reads the body, within the server's limits, as a JSON object. */
  readonly json: () => Promise<Record<string, unknown>>;
}

/** A route: a method, a path with `{parameters}`, and what answers it. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: Path;
  /** Needs no key: it checks a signature of its own, or tells nothing. */
  readonly open?: true;
  readonly answer: (exchange: Exchange) => Promise<Response>;
}
