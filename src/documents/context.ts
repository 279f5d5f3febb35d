import type { Urgency } from '../contract/task.js';

/** What reading a whole file takes along. */
export interface DocumentContext {
  readonly signal: AbortSignal;
  /** Who waits for what its pictures show. */
  readonly urgency: Urgency;
  /** Counts pages as they are read, in fractions while one takes long. */
  readonly onPages: (done: number, total: number) => void;
}
