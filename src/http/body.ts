import { Deadline } from '../contract/deadline.js';
import { failure } from '../contract/errors.js';

/** Bounds of a real-time body. */
export interface BodyLimits {
  readonly bytes: number;
  /** Seconds in which all of it must have come. */
  readonly seconds: number;
}

/** Reads a request's body as UTF-8 text; refuses it with PAYLOAD_TOO_LARGE or TIMEOUT once it is over a limit. */
export async function readBody(request: Request, { bytes, seconds }: BodyLimits): Promise<string> {
  const length = request.headers.get('content-length');
  const announced = length === null ? undefined : Number(length);
  if (announced !== undefined && announced > bytes) throw tooLarge(bytes);
  const deadline = new Deadline(seconds, undefined, tooSlow);
  try {
    // A server holds a body to its announced length, and reads it faster whole than piece by piece.
    const read = announced === undefined ? decode(bodyOf(request), bytes) : decodeWhole(request, bytes);
    return await deadline.before(read);
  } finally {
    deadline.stop();
  }
}

async function decodeWhole(request: Request, limit: number): Promise<string> {
  return decode([new Uint8Array(await request.arrayBuffer())], limit);
}

async function decode(pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>, limit: number): Promise<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let text = '';
  let length = 0;
  try {
    for await (const chunk of pieces) {
      length += chunk.length;
      if (length > limit) throw tooLarge(limit);
      text += decoder.decode(chunk, { stream: true });
    }
    return text + decoder.decode();
  } catch (error) {
    if (error instanceof TypeError) throw failure('INVALID_JSON', 'The body is not valid UTF-8.', undefined, error);
    throw error;
  }
}

/** Seconds without a byte after which an upload counts as given up. */
const IDLE = 60;

/** A body of any length, given up with TIMEOUT when nothing comes for long. */
export async function* patient(request: Request): AsyncGenerator<Uint8Array> {
  const deadline = new Deadline(IDLE, undefined, tooSlow);
  const pieces = bodyOf(request)[Symbol.asyncIterator]();
  try {
    for (;;) {
      deadline.restart();
      const { value, done } = await deadline.before(pieces.next());
      if (done) return;
      // Whoever takes the piece may take their time.
      deadline.restart(Number.POSITIVE_INFINITY);
      yield value;
    }
  } finally {
    deadline.stop();
  }
}

/** A body piece by piece. Some browsers do not give a request's body as a stream. */
async function* bodyOf(request: Request): AsyncIterable<Uint8Array> {
  if (request.body) yield* request.body as unknown as AsyncIterable<Uint8Array>;
  else yield new Uint8Array(await request.arrayBuffer());
}

const tooLarge = (limit: number) =>
  failure(
    'PAYLOAD_TOO_LARGE',
    `The body has more than ${limit} bytes; send less, or start the server with --max-body.`,
  );

const tooSlow = (seconds: number) => failure('TIMEOUT', `The body did not come within ${seconds} seconds.`);
