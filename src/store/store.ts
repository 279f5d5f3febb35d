/**
 * What a store keeps, by kind, and what one of it is called.
 *
 * `durable` records are on the disk before a write resolves; the others can be done without.
 */
export const TABLES = {
  answers: { durable: false, one: 'answers' },
  classifiers: { durable: true, one: 'classifier' },
  devices: { durable: false, one: 'device' },
  downloads: { durable: false, one: 'download' },
  jobs: { durable: true, one: 'job' },
  keys: { durable: true, one: 'key' },
  logs: { durable: false, one: 'log' },
  models: { durable: true, one: 'model' },
  usage: { durable: false, one: 'day' },
  vectors: { durable: false, one: 'vectors' },
} as const;
export type Table = keyof typeof TABLES;

/** A plain value as JSON writes it. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json | undefined };

/** Ends an exclusive claim. */
export type Release = () => Promise<void>;

/**
 * Small records by table and key, and files by name.
 *
 * Keys are 1–100 of `a-z 0-9 . _ -`. A write happens wholly or not at all, whatever dies in between. A full disk
 * rejects with STORAGE_FULL, a record that cannot be read with INTERNAL.
 */
export interface Store {
  get<Value extends Json>(table: Table, key: string): Promise<Value | undefined>;
  /**
   * Reads a record, changes it and writes it, with nobody in between, in this process or another.
   *
   * `change` gets undefined where there is none, and removes the record by answering undefined.
   */
  update<Value extends Json>(
    table: Table,
    key: string,
    change: (before: Value | undefined) => Value | undefined,
  ): Promise<Value | undefined>;
  /** Removes a record, even one that cannot be read. */
  remove(table: Table, key: string): Promise<void>;
  /** The keys of a table in ascending order. */
  keys(table: Table): Promise<string[]>;
  /** The name for as long as this process lives, or undefined while another holds it. */
  claim(name: string): Promise<Release | undefined>;
  readonly files: Files;
  close(): Promise<void>;
}

/** Large files, each written once as a whole. Names are `folder/name`, each part as a record's key. */
export interface Files {
  /** Writes a file from its pieces and gives its length; nothing of it is seen before the last one is written. */
  write(name: string, pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<number>;
  /** Where a worker can read a file; undefined where nothing outlives this thread. */
  address(name: string): string | undefined;
  /** The bytes of a file from an offset on, piece by piece. */
  read(name: string, from?: number): AsyncIterable<Uint8Array>;
  /** Bytes of a file, or undefined where there is none. */
  size(name: string): Promise<number | undefined>;
  /** Removes a file, or a folder with all that is in it, half-written files too; what is not there is no error. */
  remove(name: string): Promise<void>;
}

/** Files that can also come bit by bit. */
export interface GrowingFiles extends Files {
  /**
   * Keeps a file's first `from` bytes and puts what comes behind them. What came before a failure stays, so that the
   * rest can be added later; only a record can say that such a file is whole.
   */
  extend(name: string, from: number, pieces: AsyncIterable<Uint8Array>): Promise<void>;
  /** Bytes that can still be written; undefined where nobody knows. */
  room(): Promise<number | undefined>;
}

/** A store that large files can be downloaded into. */
export interface GrowingStore extends Store {
  readonly files: GrowingFiles;
}
