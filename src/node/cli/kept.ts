import type { FileHandle } from 'node:fs/promises';

const LF = 10;

/** What an output holds that was broken off. */
export interface Kept {
  readonly lines: number;
  /** Lines with an error. */
  readonly failed: number;
  /** Bytes that the lines take. */
  readonly bytes: number;
}

/** Counts the results of a file; a line that was cut short is not counted. */
export async function keptIn(file: FileHandle): Promise<Kept> {
  let [lines, failed, bytes] = [0, 0, 0];
  let rest = Buffer.alloc(0);
  for await (const piece of file.createReadStream({ start: 0, autoClose: false }) as AsyncIterable<Buffer>) {
    const held = Buffer.concat([rest, piece]);
    let start = 0;
    for (let end = held.indexOf(LF); end !== -1; end = held.indexOf(LF, start)) {
      const result = JSON.parse(held.toString('utf8', start, end)) as object;
      lines++;
      failed += 'error' in result ? 1 : 0;
      start = end + 1;
    }
    bytes += start;
    rest = held.subarray(start);
  }
  return { lines, failed, bytes };
}
