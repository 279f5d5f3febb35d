import { ClasserError } from '../../contract/errors.js';
import { documentFailure } from '../../contract/file.js';
import { LIMITS } from '../../contract/limits.js';
import { join } from '../join.js';
import { type Entry, LOCAL, readDirectory, recordLength } from './directory.js';

/** A zip archive, unpacked part by part, and no further than the limits go. */
export class Zip {
  readonly #bytes: Uint8Array<ArrayBuffer>;
  readonly #entries: ReadonlyMap<string, Entry>;
  #unpacked = 0;

  constructor(bytes: Uint8Array<ArrayBuffer>) {
    this.#bytes = bytes;
    this.#entries = readDirectory(bytes);
  }

  get names(): string[] {
    return [...this.#entries.keys()];
  }

  has(name: string): boolean {
    return this.#entries.has(name);
  }

  /** Rejects with DOCUMENT_ERROR when a part is broken, or when all parts read so far are too large together. */
  async read(name: string): Promise<Uint8Array<ArrayBuffer>> {
    const entry = this.#entries.get(name);
    if (!entry) throw documentFailure('corrupt', `The file has no part ${name}.`);
    const { record, size, method, encrypted } = entry;
    if (encrypted) throw documentFailure('encrypted', 'The file is a zip with a password; save it without one.');
    const start = record + recordLength(this.#bytes.subarray(record, record + LOCAL));
    const packed = this.#bytes.subarray(start, start + size);
    if (packed.length < size) throw documentFailure('corrupt', 'The file is cut short; get it again.');
    if (method === 0) return this.#count(packed);
    if (method === 8) return this.#inflate(name, packed);
    throw documentFailure(
      'unsupported',
      `Part ${name} of the file is packed in an unusual way (${method}); save it anew.`,
    );
  }

  /** Counts bytes as they come: the sizes that an archive states may be lies. */
  #count<Piece extends Uint8Array>(piece: Piece): Piece {
    this.#unpacked += piece.length;
    if (this.#unpacked <= LIMITS.unpackedBytes) return piece;
    throw documentFailure('too_large', `The file unpacks to more than ${LIMITS.unpackedBytes} bytes.`);
  }

  async #inflate(name: string, packed: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
    const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
    try {
      return await join(this.#counted(stream));
    } catch (cause) {
      if (ClasserError.is(cause)) throw cause;
      throw documentFailure('corrupt', `Part ${name} of the file is broken; get it again.`, cause);
    }
  }

  async *#counted(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
    const reader = stream.getReader();
    try {
      for (let next = await reader.read(); !next.done; next = await reader.read()) yield this.#count(next.value);
    } finally {
      await reader.cancel().catch(() => undefined);
    }
  }
}
