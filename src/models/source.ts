/** What came of a file in an earlier try. */
export interface Kept {
  /** Its bytes that are there. */
  readonly size: number;
  /** What its server called this version of it. */
  readonly version: string;
}

/** A file of a model as it comes. */
export interface Incoming {
  /** The offset that it comes from: that of what was kept, or 0. */
  readonly from: number;
  /** Bytes of the whole file, where they were announced. */
  readonly total: number | undefined;
  /** Whether the file surely has so many; else they are for the progress alone. */
  readonly exact: boolean;
  /** Names this version of the file, where it can be gone on with later. */
  readonly version: string | undefined;
  readonly body: AsyncIterable<Uint8Array>;
}

/** Where a model's files come from, by their paths in the hub's layout. */
export interface Source {
  /** For messages: the URL or path. */
  readonly name: string;
  /** The file, from what was kept on where it has not changed since; undefined where there is none. */
  open(path: string, kept: Kept | undefined, signal: AbortSignal): Promise<Incoming | undefined>;
}
