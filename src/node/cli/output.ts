import { constants } from 'node:fs';
import { copyFile, type FileHandle, open, rename, rm, stat } from 'node:fs/promises';
import { ClasserError, failure } from '../../contract/errors.js';
import type { Answered } from '../../service/jobs/answer.js';
import { storageFull } from '../../store/full.js';
import { NOTHING, type Seen } from './input.js';
import { keepProgress, type Place, type Progress, readProgress } from './progress.js';
import type { JobTerms } from './terms.js';

/** Milliseconds after which what was written is put on the disk, and counted. */
const SYNC = 1000;

const begun = (path: string): Place => ({
  results: `${path}.part`,
  progress: `${path}.part.json`,
  anew: 'remove it',
  brokenOff: true,
});

const finished = (path: string): Place => ({
  results: path,
  progress: `${path}.batch.json`,
  anew: 'leave --resume out',
  brokenOff: false,
});

/**
 * A file that gets its name when it is whole.
 *
 * Until then it is called `.part`. A file beside it says what was asked and how far the work is, also once it is done, so
 * that it can be gone on with.
 */
export class Output {
  readonly #path: string;
  #progress: Progress;
  /** None while nothing is added to a finished one. */
  #file: FileHandle | undefined;
  /** Whether the file holds what is counted, and nothing that is not. */
  #trimmed = false;
  #synced = Number.NEGATIVE_INFINITY;

  private constructor(path: string, progress: Progress, file?: FileHandle) {
    this.#path = path;
    this.#progress = progress;
    this.#file = file;
  }

  /** Begins a file or, to resume, goes on with one that was begun or finished on the same terms. */
  static async open(path: string, asked: JobTerms, resume = false): Promise<Output> {
    const [part, whole] = [begun(path), finished(path)];
    try {
      const bytes = resume ? await sizeOf(part.results) : undefined;
      if (bytes) {
        const progress = await readProgress(part, asked, bytes);
        return new Output(path, progress, await open(part.results, 'a'));
      }
      const done = resume && bytes === undefined ? await sizeOf(whole.results) : undefined;
      if (done !== undefined) return new Output(path, await readProgress(whole, asked, done));
      // To begin is to find nothing there, or nothing in it.
      const file = await open(part.results, resume ? 'a' : 'ax');
      const output = new Output(path, { asked, input: NOTHING, results: { lines: 0, failed: 0, bytes: 0 } }, file);
      await keepProgress(part, output.#progress).catch(async (error: unknown) => {
        await output.close();
        throw error;
      });
      return output;
    } catch (cause) {
      if (ClasserError.is(cause)) throw cause;
      const { code, message } = cause as NodeJS.ErrnoException;
      const why = code === 'EEXIST' ? 'it is there from an earlier run; --resume goes on with it.' : message;
      throw failure('BAD_REQUEST', `${part.results} cannot be written: ${why}`, { field: 'output' }, cause);
    }
  }

  /** How far it is. */
  get progress(): Progress {
    return this.#progress;
  }

  /** Whether it was finished before, and nothing was added. */
  get unchanged(): boolean {
    return this.#file === undefined;
  }

  /** Adds results, which are of the input up to there. */
  async write({ results: text, lines, failed }: Answered, input: Seen): Promise<void> {
    try {
      const file = await this.#trim();
      await file.appendFile(text);
      const { results } = this.#progress;
      this.#progress = {
        ...this.#progress,
        input,
        results: {
          lines: results.lines + lines,
          failed: results.failed + failed,
          bytes: results.bytes + Buffer.byteLength(text),
        },
      };
      if (performance.now() - this.#synced < SYNC) return;
      await file.datasync();
      await keepProgress(begun(this.#path), this.#progress);
      this.#synced = performance.now();
    } catch (error) {
      throw (error as NodeJS.ErrnoException).code === 'ENOSPC' ? storageFull(error) : error;
    }
  }

  /** Gives the file its name. */
  async finish(): Promise<void> {
    if (this.unchanged) return;
    const part = begun(this.#path);
    const file = await this.#trim();
    await file.sync();
    // First what was asked: until the results have their name, the ones that are broken off are gone on with.
    await keepProgress(finished(this.#path), this.#progress);
    await rename(part.results, this.#path);
    await rm(part.progress, { force: true });
  }

  /** Leaves nothing behind when nothing was written. */
  async close(): Promise<void> {
    if (!this.#file) return;
    const { results, progress } = begun(this.#path);
    const empty = (await this.#file.stat()).size === 0;
    await this.#file.close();
    if (empty) for (const path of [results, progress]) await rm(path, { force: true });
  }

  /** The file without what is not counted: that is answered again. */
  async #trim(): Promise<FileHandle> {
    this.#file ??= await this.#copy();
    if (!this.#trimmed) await this.#file.truncate(this.#progress.results.bytes);
    this.#trimmed = true;
    return this.#file;
  }

  /** A copy of the finished file to add to: whoever reads that one is not disturbed. */
  async #copy(): Promise<FileHandle> {
    const part = begun(this.#path);
    const draft = `${part.results}.tmp`;
    try {
      await copyFile(this.#path, draft, constants.COPYFILE_FICLONE);
      await keepProgress(part, this.#progress);
      await rename(draft, part.results);
    } catch (error) {
      await rm(draft, { force: true });
      throw error;
    }
    return open(part.results, 'a');
  }
}

/**
 * Refuses an output whose place is taken by its own input, of which nothing would be left, or by what is no file: it would be
 * found out once all is answered.
 */
export async function checkOutput(path: string, input: { readonly dev: bigint; readonly ino: bigint }): Promise<void> {
  const why = async (taken: string): Promise<string | undefined> => {
    const found = await stat(taken, { bigint: true }).catch(() => undefined);
    if (!found) return undefined;
    if (found.isDirectory()) return 'it is a folder; name a file in it';
    if (!found.isFile()) return 'it is no file';
    return found.dev === input.dev && found.ino === input.ino ? 'it is the input; name another file' : undefined;
  };
  for (const taken of [begun(path), finished(path)].flatMap(({ results, progress }) => [results, progress])) {
    const reason = await why(taken);
    if (reason) throw failure('BAD_REQUEST', `${taken} cannot be written: ${reason}.`, { field: 'output' });
  }
}

/** Bytes of a file; undefined where there is none. */
const sizeOf = (path: string): Promise<number | undefined> =>
  stat(path).then(
    ({ size }) => size,
    () => undefined,
  );
