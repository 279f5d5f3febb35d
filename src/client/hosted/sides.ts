import type { Method, Responses } from '../../service/response.js';
import type { Classer } from '../classer.js';
import type { HostedConfig } from '../config.js';
import { askHosted } from './ask.js';
import { localFailure, SideFailure } from './failure.js';
import { Fallback, type Side } from './fallback.js';

/** The answers of this machine. */
export const localSide = (classer: () => Classer): Side => ({
  name: 'local',
  ask: <M extends Method>(method: M, request: unknown) =>
    classer()[method](request as never) as unknown as Promise<Responses[M]>,
  failureOf: localFailure,
});

/** Both sides, in the order that the configuration says. */
export function withHosted(local: Side, { first, apiKey, timeouts, onFallback }: HostedConfig): Pick<Side, 'ask'> {
  const hosted: Side = {
    name: 'hosted',
    ask: (method, request) => askHosted(method, request, { apiKey, ...timeouts }),
    failureOf: (error) => (error instanceof SideFailure ? error : undefined),
  };
  const fallback =
    first === 'hosted' ? new Fallback(hosted, local, onFallback) : new Fallback(local, hosted, onFallback);
  return { ask: (method, request) => fallback.ask(method, request) };
}
