import { createHash } from 'node:crypto';
import { failure } from '../../contract/errors.js';
import type { Answered } from '../../service/jobs/answer.js';
import { isBlank, LF } from '../../service/jobs/lines.js';

/** What was answered of an input: so many bytes from its start. */
export interface Seen {
  readonly bytes: number;
  /** The number of the line that the next byte is on. */
  readonly row: number;
  /** Of those bytes, in hex. */
  readonly sha256: string;
}

export const NOTHING: Seen = { bytes: 0, row: 0, sha256: createHash('sha256').digest('hex') };

/** An input that goes on where it was answered up to, once it is known to be the same up to there. */
export class Input {
  readonly #name: string;
  readonly #pieces: AsyncIterable<Uint8Array>;
  readonly #before: Seen;
  readonly #hash = createHash('sha256');
  #bytes = 0;
  /** Ends of lines that may be answered next. */
  #ends: Omit<Seen, 'row'>[] = [];
  /** Whether the line under way has something on it. */
  #filled = false;
  #last = LF;
  /** Whether the line under way was answered already, when it had no line break yet. */
  #answered = false;

  constructor(name: string, pieces: AsyncIterable<Uint8Array>, before: Seen) {
    this.#name = name;
    this.#pieces = pieces;
    this.#before = before;
  }

  /** What was not answered before; throws BAD_REQUEST where that which was has changed. */
  async *rest(): AsyncGenerator<Uint8Array> {
    const { bytes, sha256 } = this.#before;
    for await (const piece of this.#pieces) {
      const known = piece.subarray(0, Math.max(0, bytes - this.#bytes));
      this.#take(known);
      if (known.length > 0 && this.#bytes === bytes) {
        if (this.#digest() !== sha256) throw this.#changed(`its first ${bytes} bytes, which were answered, are others`);
        this.#answered = this.#last !== LF;
      }
      if (known.length === piece.length) continue;
      const rest = piece.subarray(known.length);
      this.#follow(rest);
      yield rest;
    }
    if (this.#bytes < bytes) throw this.#changed(`it ends before the ${bytes} bytes that were answered`);
    this.#end();
  }

  /** How much is answered with these lines. */
  seen({ end, row }: Answered): Seen {
    this.#ends = this.#ends.filter(({ bytes }) => bytes >= end);
    const [{ sha256 } = NOTHING] = this.#ends;
    // A last line without a line break goes on, should anything follow.
    const open = this.#last !== LF && end === this.#bytes;
    return { bytes: end, row: open ? row - 1 : row, sha256 };
  }

  #follow(piece: Uint8Array): void {
    let start = 0;
    for (let end = piece.indexOf(LF); end !== -1; end = piece.indexOf(LF, start)) {
      this.#fill(piece.subarray(start, end));
      this.#take(piece.subarray(start, end + 1));
      this.#end();
      start = end + 1;
    }
    this.#fill(piece.subarray(start));
    this.#take(piece.subarray(start));
  }

  #fill(bytes: Uint8Array): void {
    this.#filled ||= bytes.some((byte) => !isBlank(byte));
    if (this.#filled && this.#answered) throw this.#changed('its last line, which was answered, has become longer');
  }

  #take(bytes: Uint8Array): void {
    this.#hash.update(bytes);
    this.#bytes += bytes.length;
    this.#last = bytes.at(-1) ?? this.#last;
  }

  #end(): void {
    if (this.#filled) this.#ends.push({ bytes: this.#bytes, sha256: this.#digest() });
    this.#filled = false;
    this.#answered = false;
  }

  #digest(): string {
    return this.#hash.copy().digest('hex');
  }

  #changed(why: string) {
    const advice =
      'Resume with the input that the output was begun with, which may have grown, or begin another output.';
    return failure('BAD_REQUEST', `${this.#name} is not what was answered before: ${why}. ${advice}`, {
      field: 'FILE',
    });
  }
}
