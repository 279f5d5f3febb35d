import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { failure } from '../../contract/errors.js';
import { storageFull } from '../../store/full.js';

const LF = 10;
/** Milliseconds after which what was written is put on the disk. */
const SYNC = 1000;

/**
 * A file that gets its name when it is whole.
 *
 * Until then it is called `.part`: its whole lines say how far the work is, so that it can be gone on with.
 */
export class Output {
  /** Lines that were there already. */
  readonly lines: number;
  readonly #path: string;
  readonly #file: FileHandle;
  #synced = performance.now();

  private constructor(path: string, file: FileHandle, lines: number) {
    this.#path = path;
    this.#file = file;
    this.lines = lines;
  }

  static async open(path: string, resume: boolean): Promise<Output> {
    const part = partOf(path);
    try {
      // To go on is to keep what is there; to begin is to find nothing there.
      const file = await open(part, resume ? 'a+' : 'ax+');
      const { lines, bytes } = await wholeLines(file);
      await file.truncate(bytes);
      return new Output(path, file, lines);
    } catch (cause) {
      const { code, message } = cause as NodeJS.ErrnoException;
      const why = code === 'EEXIST' ? 'it is there from an earlier run; --resume goes on with it' : message;
      throw failure('BAD_REQUEST', `${part} cannot be written: ${why}.`, { field: 'output' }, cause);
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
    await this.#file.sync();
    await rename(partOf(this.#path), this.#path);
  }

  /** Leaves nothing behind when nothing was written. */
  async close(): Promise<void> {
    const part = partOf(this.#path);
    const empty = (await this.#file.stat()).size === 0;
    await this.#file.close();
    if (empty) await rm(part, { force: true });
  }
}

const partOf = (path: string): string => `${path}.part`;

/** How many lines a file has, and how many bytes they take; a line that was cut short is not counted. */
async function wholeLines(file: FileHandle): Promise<{ lines: number; bytes: number }> {
  let [lines, bytes, at] = [0, 0, 0];
  for await (const piece of file.createReadStream({ start: 0, autoClose: false }) as AsyncIterable<Buffer>) {
    for (let end = piece.indexOf(LF); end !== -1; end = piece.indexOf(LF, end + 1)) {
      lines++;
      bytes = at + end + 1;
    }
    at += piece.length;
  }
  return { lines, bytes };
}
