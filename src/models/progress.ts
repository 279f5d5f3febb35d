/** How far an installation is: `download` counts bytes of all files, `check` the texts of the model's self-test. */
export interface InstallProgress {
  stage: 'download' | 'check';
  done: number;
  total: number;
  /** By path, while files come. */
  files?: Readonly<Record<string, { readonly done: number; readonly total: number }>>;
}

/** Bytes of several files as one number that only grows. */
export class Tally {
  readonly #files = new Map<string, { done: number; total: number }>();
  readonly #tell: (progress: InstallProgress) => void;
  #whole = false;

  constructor(tell: (progress: InstallProgress) => void) {
    this.#tell = tell;
  }

  /** Bytes of all files that have begun, as far as they are known. */
  get total(): number {
    return [...this.#files.values()].reduce((sum, file) => sum + file.total, 0);
  }

  /** How far a file is; one whose length nobody said is always a byte short. */
  count(path: string, done: number, total = done + 1): void {
    this.#files.set(path, { done, total: Math.max(done, total) });
    const files = Object.fromEntries(this.#files);
    const sums = [...this.#files.values()];
    const all = sums.reduce((sum, file) => sum + file.done, 0);
    const known = this.total;
    // The last byte is not the end while files may still be found: the event that says so comes with `finish`.
    this.#tell({ stage: 'download', done: this.#whole ? all : Math.min(all, known - 1), total: known, files });
  }

  /** Says that every file is there. */
  finish(): void {
    this.#whole = true;
    for (const [path, { done }] of this.#files) this.#files.set(path, { done, total: done });
    const [last] = this.#files;
    if (last) this.count(last[0], last[1].done, last[1].done);
  }
}
