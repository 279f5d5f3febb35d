import { ClasserError } from '../contract/errors.js';
import { type Entry, readDirectory } from '../documents/docx/directory.js';
import { installFailure } from './failure.js';
import { type LocalFile, LocalSource } from './local.js';

/** A model in a zip archive, whose files are unpacked when they are wanted. */
export async function zipSource(archive: Blob): Promise<LocalSource> {
  const bytes = new Uint8Array(await archive.arrayBuffer());
  const files = [...directory(bytes)].map(
    ([path, entry]): LocalFile => ({ path, content: () => unpack(bytes, entry) }),
  );
  return new LocalSource(files);
}

async function unpack(bytes: Uint8Array<ArrayBuffer>, { start, size, method, encrypted }: Entry): Promise<Blob> {
  const packed = new Blob([bytes.subarray(start, start + size)]);
  if (packed.size < size || encrypted || (method !== 0 && method !== 8)) throw broken();
  if (method === 0) return packed;
  try {
    return await new Response(packed.stream().pipeThrough(new DecompressionStream('deflate-raw'))).blob();
  } catch (cause) {
    throw broken(cause);
  }
}

function directory(bytes: Uint8Array<ArrayBuffer>): Map<string, Entry> {
  try {
    return readDirectory(bytes);
  } catch (cause) {
    throw ClasserError.is(cause) ? broken(cause) : cause;
  }
}

const broken = (cause?: unknown) =>
  installFailure('corrupt', 'The archive is a broken, cut or encrypted zip; get it again.', {}, cause);
