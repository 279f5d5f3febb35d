import { failure } from '../contract/errors.js';

/** Reads a request's body as UTF-8 text; refuses it with PAYLOAD_TOO_LARGE once it is over the limit. */
export async function readBody(request: Request, limit: number): Promise<string> {
  const announced = Number(request.headers.get('content-length') ?? 0);
  if (announced > limit) throw tooLarge(limit);
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let text = '';
  let length = 0;
  try {
    for await (const chunk of (request.body ?? []) as AsyncIterable<Uint8Array>) {
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

const tooLarge = (limit: number) =>
  failure(
    'PAYLOAD_TOO_LARGE',
    `The body has more than ${limit} bytes; send less, or start the server with --max-body.`,
  );
