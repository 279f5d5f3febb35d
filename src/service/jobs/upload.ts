import { failure } from '../../contract/errors.js';
import type { Files } from '../../store/store.js';
import { BOM, isBlank, LF } from './lines.js';

/** What came in with an upload. */
export interface Uploaded {
  readonly bytes: number;
  /** Lines that are not blank. */
  readonly lines: number;
}

/** Bytes of a job's input. */
const MOST = 5_000_000_000;

/** Writes a job's input and counts its lines on the way; an upload that breaks off leaves nothing. */
export async function writeInput(files: Files, name: string, pieces: AsyncIterable<Uint8Array>): Promise<Uploaded> {
  const counter = new LineCounter();
  let length = 0;
  const tapped = async function* () {
    for await (const piece of pieces) {
      length += piece.length;
      if (length > MOST) throw failure('PAYLOAD_TOO_LARGE', `A job's input may have ${MOST} bytes.`);
      counter.push(piece);
      yield piece;
    }
    if (length === 0) throw failure('BAD_REQUEST', 'The uploaded file is empty.', { field: 'file' });
  };
  const bytes = await files.write(name, tapped());
  return { bytes, lines: counter.end() };
}

/** Counts the lines that `readLines` will find, without keeping them. */
export class LineCounter {
  #lines = 0;
  #filled = false;
  /** The first bytes, until it is known whether they are a BOM. */
  #head: number[] | undefined = [];

  push(piece: Uint8Array): void {
    for (const byte of piece) {
      if (!this.#head) this.#count(byte);
      else if (this.#head.push(byte) === BOM.length) this.#decide(this.#head);
    }
  }

  /** The number of lines once there is no more. */
  end(): number {
    if (this.#head) this.#decide(this.#head);
    return this.#lines + (this.#filled ? 1 : 0);
  }

  #decide(head: readonly number[]): void {
    this.#head = undefined;
    if (head.length === BOM.length && head.every((byte, i) => byte === BOM[i])) return;
    for (const byte of head) this.#count(byte);
  }

  #count(byte: number): void {
    if (byte !== LF) this.#filled ||= !isBlank(byte);
    else if (this.#filled) {
      this.#lines++;
      this.#filled = false;
    }
  }
}
