import { concat } from '../contract/bytes.js';
import { failure } from '../contract/errors.js';
import type { Store } from '../store/store.js';
import { Crc32 } from './crc32.js';
import { bytesOf, type InstalledModel, storedName } from './record.js';

/** The largest offset of a zip that is not zip64, less the records of more files than a model has. */
const MOST = 0xffff_ffff - 100_000;

/** A model as a zip in the hub's layout, below a folder of its id: files as they are, since weights hardly shrink. */
export async function* archive({ id, folder, files }: InstalledModel, store: Store): AsyncGenerator<Uint8Array> {
  if (bytesOf(files) > MOST) {
    throw failure(
      'PAYLOAD_TOO_LARGE',
      `${id} has more than 4 GB, and no zip takes as much; install it where it is needed.`,
    );
  }
  const directory: Uint8Array[] = [];
  let at = 0;
  for (const { path, bytes } of files) {
    const stored = () => store.files.read(storedName(folder, path));
    const crc = new Crc32();
    for await (const piece of stored()) crc.add(piece);
    const name = new TextEncoder().encode(`${id}/${path}`);
    const common = { crc: crc.value, bytes, name: name.length };
    yield concat([header(0x04034b50, common), name]);
    yield* stored();
    directory.push(concat([header(0x02014b50, { ...common, at }), name]));
    at += LOCAL + name.length + bytes;
  }
  yield* directory;
  yield end(directory, at);
}

const LOCAL = 30;
const CENTRAL = 46;
/** 1 January 1980, the first day that a zip knows: the same model gives the same archive. */
const DAY = 0x21;

interface Header {
  readonly crc: number;
  readonly bytes: number;
  readonly name: number;
  /** In the central directory: where the file begins. */
  readonly at?: number;
}

/** The two records of a file in a zip (PKWARE's APPNOTE, 4.3.7 and 4.3.12). */
function header(signature: number, { crc, bytes, name, at }: Header): Uint8Array {
  const central = at !== undefined;
  const view = new DataView(new ArrayBuffer(central ? CENTRAL : LOCAL));
  view.setUint32(0, signature, true);
  // The directory's record has the version that wrote it before the one that is needed to read it.
  const from = central ? 6 : 4;
  if (central) view.setUint16(4, 20, true);
  view.setUint16(from, 20, true);
  // Names are UTF-8.
  view.setUint16(from + 2, 0x0800, true);
  view.setUint16(from + 8, DAY, true);
  view.setUint32(from + 10, crc, true);
  view.setUint32(from + 14, bytes, true);
  view.setUint32(from + 18, bytes, true);
  view.setUint16(from + 22, name, true);
  if (central) view.setUint32(42, at, true);
  return new Uint8Array(view.buffer);
}

function end(directory: readonly Uint8Array[], at: number): Uint8Array {
  const view = new DataView(new ArrayBuffer(22));
  view.setUint32(0, 0x06054b50, true);
  view.setUint16(8, directory.length, true);
  view.setUint16(10, directory.length, true);
  view.setUint32(
    12,
    directory.reduce((sum, { length }) => sum + length, 0),
    true,
  );
  view.setUint32(16, at, true);
  return new Uint8Array(view.buffer);
}
