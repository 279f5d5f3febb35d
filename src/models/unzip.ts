import { ClasserError } from '../contract/errors.js';
import { type Entry, readDirectory } from '../documents/docx/directory.js';
import { Crc32 } from './crc32.js';
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

async function unpack(bytes: Uint8Array<ArrayBuffer>, entry: Entry): Promise<Blob> {
  const { start, size, method, encrypted } = entry;
  const packed = new Blob([bytes.subarray(start, start + size)]);
  if (packed.size < size || encrypted || (method !== 0 && method !== 8)) throw broken();
  const content = method === 0 ? packed : await inflated(packed);
  const crc = new Crc32();
  for await (const piece of content.stream() as unknown as AsyncIterable<Uint8Array>) crc.add(piece);
  if (crc.value !== entry.crc) throw broken();
  return content;
}

async function inflated(packed: Blob): Promise<Blob> {
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
