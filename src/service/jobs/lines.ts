import { concat } from '../../contract/bytes.js';

/** A line that has something on it. */
export interface Line {
  /** Without its line break; undefined for one that is longer than may be. */
  readonly bytes: Uint8Array | undefined;
  /** Its number from 0, blank lines counted. */
  readonly index: number;
  /** Where the next line starts, in bytes from the start of the file. */
  readonly end: number;
}

/** Where a line starts: bytes from the start of the file, and its number. */
export interface LineStart {
  readonly offset: number;
  readonly row: number;
}

/** Bytes that a line may have; a text of 1,000,000 tokens fits in. */
export const LONGEST_LINE = 16_000_000;

export const LF = 10;
export const BOM = [0xef, 0xbb, 0xbf];

/**
 * Cuts bytes into lines, one in memory at a time; blank lines are left out, CRLF and a BOM are understood.
 *
 * `from` says where in the file the bytes start, and the number of the line there.
 */
export async function* readLines(
  pieces: AsyncIterable<Uint8Array>,
  from: LineStart = { offset: 0, row: 0 },
): AsyncGenerator<Line> {
  let held: Uint8Array[] = [];
  let length = 0;
  let at = from.offset;
  let row = from.row;
  let first = at === 0;
  /** Ends the line that `rest` is the last of. */
  const take = (rest: Uint8Array): Line | undefined => {
    const fits = length + rest.length <= LONGEST_LINE;
    const bytes = fits ? trim(held.length > 0 ? concat([...held, rest]) : rest, first) : undefined;
    held = [];
    length = 0;
    first = false;
    const index = row++;
    return bytes?.length === 0 ? undefined : { bytes, index, end: at };
  };
  for await (const piece of pieces) {
    let start = 0;
    for (let end = piece.indexOf(LF); end !== -1; end = piece.indexOf(LF, start)) {
      at += end + 1 - start;
      const line = take(piece.subarray(start, end));
      if (line) yield line;
      start = end + 1;
    }
    at += piece.length - start;
    length += piece.length - start;
    // What is too long is counted, not kept.
    if (length > LONGEST_LINE) held = [];
    // A copy in any case: `slice` of Node's buffers is none.
    else held.push(new Uint8Array(piece.subarray(start)));
  }
  const last = length > 0 ? take(new Uint8Array()) : undefined;
  if (last) yield last;
}

/** Without white space at the ends and, on the first line, without a BOM. */
function trim(bytes: Uint8Array, first: boolean): Uint8Array {
  let start = first && BOM.every((byte, i) => bytes[i] === byte) ? BOM.length : 0;
  let end = bytes.length;
  while (start < end && isBlank(bytes[start] as number)) start++;
  while (end > start && isBlank(bytes[end - 1] as number)) end--;
  return bytes.subarray(start, end);
}

/** White space within a line. */
export const isBlank = (byte: number): boolean => byte === 32 || byte === 9 || byte === 13;
