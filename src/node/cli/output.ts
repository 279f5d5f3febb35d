import { access, type FileHandle, open, rename, rm, stat } from 'node:fs/promises';
import { ClasserError, failure } from '../../contract/errors.js';
import { storageFull } from '../../store/full.js';
import { type Kept, keptIn } from './kept.js';
import { checkTerms, type JobTerms, keepTerms, termsPath } from './terms.js';

/** Milliseconds after which what was written is put on the disk. */
const SYNC = 1000;

/**
 * A file that gets its name when it is whole.
 *
 * Until then it is called `.part`: its whole lines say how far the work is, and a file beside it what was asked, so that
 * it can be gone on with.
 */
export class Output {
  /** Lines that were there already, and those of them with an error. */
  readonly lines: number;
  readonly failed: number;
  readonly #path: string;
  readonly #file: FileHandle;
  #synced = performance.now();

  private constructor(path: string, file: FileHandle, { lines, failed }: Kept) {
    this.#path = path;
    this.#file = file;
    this.lines = lines;
    this.failed = failed;
  }

  /** Begins a file, or goes on with one that was begun on the same terms. */
  static async open(path: string, terms: JobTerms, resume = false): Promise<Output> {
    const part = partOf(path);
    try {
      // To go on is to keep what is there; to begin is to find nothing there.
      const file = await open(part, resume ? 'a+' : 'ax+');
      try {
        const kept = await keptIn(file);
        if (kept.lines > 0) await checkTerms(part, terms);
        else await keepTerms(part, terms);
        await file.truncate(kept.bytes);
        return new Output(path, file, kept);
      } catch (error) {
        await file.close();
        throw error;
      }
    } catch (cause) {
      if (ClasserError.is(cause)) throw cause;
      const { code, message } = cause as NodeJS.ErrnoException;
      const why = code === 'EEXIST' ? 'it is there from an earlier run; --resume goes on with it.' : message;
      throw failure('BAD_REQUEST', `${part} cannot be written: ${why}`, { field: 'output' }, cause);
    }
  }

  async write(text: string): Promise<void> {
    try {
      await this.#file.appendFile(text);
      if (performance.now() - this.#synced < SYNC) return;
      await this.#file.datasync();
      this.#synced = performance.now();
    } catch (error) {
      throw (error as NodeJS.ErrnoException).code === 'ENOSPC' ? storageFull(error) : error;
    }
  }

  /** Gives the file its name. */
  async finish(): Promise<void> {
    const part = partOf(this.#path);
    await this.#file.sync();
    await rename(part, this.#path);
    await rm(termsPath(part), { force: true });
  }

  /** Leaves nothing behind when nothing was written. */
  async close(): Promise<void> {
    const part = partOf(this.#path);
    const empty = (await this.#file.stat()).size === 0;
    await this.#file.close();
    if (empty) for (const path of [part, termsPath(part)]) await rm(path, { force: true });
  }
}

/** Refuses an output whose place is taken by what is no file: it would be found out once all is answered. */
export async function checkOutput(path: string): Promise<void> {
  const found = await stat(path).catch(() => undefined);
  if (!found || found.isFile()) return;
  const why = found.isDirectory() ? 'it is a folder; name a file in it' : 'it is no file';
  throw failure('BAD_REQUEST', `${path} cannot be written: ${why}.`, { field: 'output' });
}

/** Whether an output has its name already, and nothing is left to go on with. */
export async function isFinished(path: string): Promise<boolean> {
  return (await exists(path)) && !(await exists(partOf(path)));
}

const partOf = (path: string): string => `${path}.part`;

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );
