import { ClasserError } from '../../contract/errors.js';

/** Why one side could not answer. */
export type FallbackReason = 'offline' | 'network' | 'timeout' | 'payment' | 'rate-limit' | 'server' | 'unavailable';

/** What `onFallback` is told. */
export interface FallbackEvent {
  readonly from: 'hosted' | 'local';
  readonly to: 'hosted' | 'local';
  readonly reason: FallbackReason;
  /** What happened; undefined when the side was not even asked, because it failed a moment ago. */
  readonly error: ClasserError | undefined;
}

/** A failure of one side that the other can make up for. */
export class SideFailure {
  readonly reason: FallbackReason;
  readonly error: ClasserError;
  /** Seconds to leave the side alone. */
  readonly wait: number | undefined;
  /** Whether it says something about later calls. */
  readonly lasting: boolean;

  constructor(
    reason: FallbackReason,
    error: ClasserError,
    { wait, lasting = true }: { wait?: number | undefined; lasting?: boolean } = {},
  ) {
    this.reason = reason;
    this.error = error;
    this.wait = wait;
    this.lasting = lasting;
  }
}

/** What a failure of the local side is, or undefined for one that is the request's own. */
export function localFailure(error: unknown): SideFailure | undefined {
  if (!ClasserError.is(error)) return undefined;
  if (error.code === 'TIMEOUT') return new SideFailure('timeout', error);
  const ours = ['MODEL_UNAVAILABLE', 'WORKER_LOST', 'INTERNAL'].includes(error.code);
  return ours ? new SideFailure('unavailable', error) : undefined;
}
