/** What reading a whole file takes along. */
export interface DocumentContext {
  readonly signal: AbortSignal;
  /** Counts pages as they are read, in fractions while one takes long. */
  readonly onPages: (done: number, total: number) => void;
}
