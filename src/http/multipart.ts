import { concat } from '../contract/bytes.js';
import { failure } from '../contract/errors.js';

/** A part of a form; its body must be read to its end before the next part comes. */
export interface Part {
  readonly name: string;
  readonly isFile: boolean;
  readonly body: AsyncIterable<Uint8Array>;
}

const CRLF2 = [13, 10, 13, 10];
/** Bytes of a part's headers. */
const HEADERS = 8192;
const CR = 13;

/** Reads a multipart form as it comes, part by part, however long a part is; throws BAD_REQUEST for a malformed one. */
export async function* readMultipart(
  contentType: string | null,
  pieces: AsyncIterable<Uint8Array>,
): AsyncGenerator<Part> {
  const [, quoted, plain] =
    /^multipart\/form-data\b.*?;\s*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i.exec(contentType ?? '') ?? [];
  const boundary = quoted ?? plain;
  if (boundary === undefined) throw malformed('its Content-Type must be multipart/form-data with a boundary');
  const window = new Window(pieces);
  const delimiter = new TextEncoder().encode(`\r\n--${boundary}`);
  // The first one need not have a line break before it.
  window.prepend(new Uint8Array([13, 10]));
  await drain(until(window, delimiter));
  for (;;) {
    const after = await window.take(2);
    if (after[0] === 45 && after[1] === 45) return;
    if (after[0] !== 13 || after[1] !== 10) throw malformed('something follows a boundary');
    const headers = await partHeaders(window);
    const body = until(window, delimiter);
    yield { ...headers, body };
    await drain(body);
  }
}

async function partHeaders(window: Window): Promise<{ name: string; isFile: boolean }> {
  window.prepend(new Uint8Array([13, 10]));
  const bytes: number[] = [];
  for await (const piece of until(window, new Uint8Array(CRLF2))) {
    if (bytes.length + piece.length > HEADERS) throw malformed('the headers of a part are too long');
    bytes.push(...piece);
  }
  const text = new TextDecoder().decode(new Uint8Array(bytes));
  const [, disposition] = /^content-disposition:(.*)$/im.exec(text) ?? [];
  const [, name] = /;\s*name="((?:[^"\\]|\\.)*)"/i.exec(disposition ?? '') ?? [];
  if (name === undefined) throw malformed('a part has no name');
  return { name, isFile: /;\s*filename\*?=/i.test(disposition ?? '') };
}

/** The bytes up to a delimiter, which is taken too; throws where there is none. */
async function* until(window: Window, delimiter: Uint8Array): AsyncGenerator<Uint8Array> {
  for (;;) {
    const { bytes } = window;
    const found = find(bytes, delimiter);
    if (found !== -1) {
      const before = window.cut(found);
      window.cut(delimiter.length);
      if (before.length > 0) yield before;
      return;
    }
    // The end may be the start of a delimiter.
    const safe = bytes.length - delimiter.length + 1;
    if (safe > 0) yield window.cut(safe);
    if (!(await window.more())) throw malformed('it ends before its closing boundary');
  }
}

function find(bytes: Uint8Array, delimiter: Uint8Array): number {
  for (let at = bytes.indexOf(CR); at !== -1; at = bytes.indexOf(CR, at + 1)) {
    if (at + delimiter.length > bytes.length) return -1;
    let i = 1;
    while (i < delimiter.length && bytes[at + i] === delimiter[i]) i++;
    if (i === delimiter.length) return at;
  }
  return -1;
}

async function drain(pieces: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const _ of pieces);
}

const malformed = (why: string) => failure('BAD_REQUEST', `The form cannot be read: ${why}.`);

/** The bytes that have come and were not taken. */
class Window {
  bytes: Uint8Array = new Uint8Array();
  readonly #pieces: AsyncIterator<Uint8Array>;

  constructor(pieces: AsyncIterable<Uint8Array>) {
    this.#pieces = pieces[Symbol.asyncIterator]();
  }

  prepend(bytes: Uint8Array): void {
    this.bytes = concat([bytes, this.bytes]);
  }

  /** Waits for more; false when there is none. */
  async more(): Promise<boolean> {
    const { value, done } = await this.#pieces.next();
    if (done) return false;
    this.bytes = this.bytes.length > 0 ? concat([this.bytes, value]) : value;
    return true;
  }

  cut(length: number): Uint8Array {
    const taken = this.bytes.subarray(0, length);
    this.bytes = this.bytes.subarray(length);
    return taken;
  }

  async take(length: number): Promise<Uint8Array> {
    while (this.bytes.length < length) if (!(await this.more())) throw malformed('it ends too early');
    return this.cut(length);
  }
}
