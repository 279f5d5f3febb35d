import { kindOf } from '../../contract/checks.js';
import { invalid } from '../../contract/errors.js';

/** A job's input: NDJSON, whole or in pieces. */
export type JobInput = string | Uint8Array | Blob | ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>;

/** An input piece by piece; throws VALIDATION_ERROR for anything else. */
export async function* piecesOf(input: JobInput): AsyncIterable<Uint8Array> {
  if (typeof input === 'string') yield new TextEncoder().encode(input);
  else if (input instanceof Uint8Array) yield input;
  else if (input instanceof Blob) yield* input.stream() as unknown as AsyncIterable<Uint8Array>;
  else if (typeof input === 'object' && input !== null && Symbol.asyncIterator in input) yield* input;
  else throw invalid('input', `input must be NDJSON as a string, bytes, a blob or a stream, not ${kindOf(input)}.`);
}

/** A stream that reads the next piece when the last one was taken. */
export function streamOf(pieces: AsyncGenerator<Uint8Array>): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new ReadableStream({
    async pull(controller) {
      const { value, done } = await pieces.next();
      if (done) controller.close();
      else controller.enqueue(value as Uint8Array<ArrayBuffer>);
    },
    cancel: async () => void (await pieces.return(undefined)),
  });
}
