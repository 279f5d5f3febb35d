import { ClasserError } from '../contract/errors.js';
import { type Entry, LOCAL, readDirectory, recordLength } from '../documents/docx/directory.js';
import { Crc32 } from './crc32.js';
import { installFailure } from './failure.js';
import { LARGEST, tooLarge } from './largest.js';
import { type LocalFile, LocalSource } from './local.js';

/** Bytes at the end of an archive that its directory is among: there is room for the 10,000 files that one may have. */
const END = 2 ** 22;

/** A model in a zip archive, of which nothing but the directory is read until its files are wanted. */
export async function zipSource(archive: Blob): Promise<LocalSource> {
  const files = [...(await directory(archive))].map(
    ([path, entry]): LocalFile => ({ path, content: () => unpack(archive, path, entry) }),
  );
  return new LocalSource(files);
}

async function unpack(archive: Blob, path: string, entry: Entry): Promise<Blob> {
  const { record, size, method, encrypted } = entry;
  const start = record + (await typed(async () => recordLength(await bytesOf(archive.slice(record, record + LOCAL)))));
  const packed = archive.slice(start, start + size);
  if (packed.size < size || encrypted || (method !== 0 && method !== 8)) throw broken();
  const content = method === 0 ? packed : await inflated(packed, path);
  const crc = new Crc32();
  for await (const piece of content.stream() as unknown as AsyncIterable<Uint8Array>) crc.add(piece);
  if (crc.value !== entry.crc) throw broken();
  return content;
}

async function inflated(packed: Blob, path: string): Promise<Blob> {
  let bytes = 0;
  const counted = new TransformStream<Uint8Array, Uint8Array>({
    transform(piece, controller) {
      bytes += piece.length;
      // What an archive says of it may be a lie.
      if (bytes > LARGEST) controller.error(tooLarge(path));
      else controller.enqueue(piece);
    },
  });
  const unpacked = packed.stream().pipeThrough(new DecompressionStream('deflate-raw')).pipeThrough(counted);
  try {
    return await new Response(unpacked as ReadableStream<Uint8Array<ArrayBuffer>>).blob();
  } catch (cause) {
    throw bytes > LARGEST ? tooLarge(path) : broken(cause);
  }
}

const directory = (archive: Blob): Promise<Map<string, Entry>> =>
  typed(async () => readDirectory(await bytesOf(archive.slice(-END)), Math.max(0, archive.size - END)));

const bytesOf = async (part: Blob): Promise<Uint8Array<ArrayBuffer>> => new Uint8Array(await part.arrayBuffer());

/** What the reader of documents found wrong, said of a model. */
async function typed<Result>(read: () => Promise<Result>): Promise<Result> {
  try {
    return await read();
  } catch (cause) {
    throw ClasserError.is(cause) ? broken(cause) : cause;
  }
}

const broken = (cause?: unknown) =>
  installFailure('corrupt', 'The archive is a broken, cut or encrypted zip; get it again.', {}, cause);
