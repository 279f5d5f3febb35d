import type { ReadFile } from '../engines/assets.js';

/** Files by address. A blob crosses to another worker by reference: its bytes are there once. */
export type Files = Readonly<Record<string, Blob>>;

/** Reads files, once for all workers of a model: the first one keeps what it read, the others are given that. */
export class SharedFiles {
  readonly #read: ReadFile;
  #files: Record<string, Blob> = {};
  #keeps = false;

  constructor(read: ReadFile) {
    this.#read = read;
  }

  /** What was read since `share(true)`. */
  get files(): Files {
    return this.#files;
  }

  /** Reads no file again that is among these, and keeps what it reads, or does not. */
  share(keeps: boolean, files: Files = {}): void {
    this.#keeps = keeps;
    this.#files = { ...files };
  }

  readonly read: ReadFile = async (url, signal, onBytes) => {
    const there = this.#files[url];
    if (!there) {
      const bytes = await this.#read(url, signal, onBytes);
      if (this.#keeps) this.#files[url] = new Blob([bytes]);
      return bytes;
    }
    const bytes = new Uint8Array(await there.arrayBuffer());
    onBytes(bytes.length);
    return bytes;
  };
}
