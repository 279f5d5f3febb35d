import { documentFailure } from '../../contract/file.js';

/** One file of a zip archive. */
export interface Entry {
  /** Where its own record starts, behind which its packed bytes are, and how many they are. */
  readonly record: number;
  readonly size: number;
  /** The CRC-32 of what it unpacks to. */
  readonly crc: number;
  /** 0: as it is, 8: deflated. */
  readonly method: number;
  readonly encrypted: boolean;
}

/** Sizes of the records, and how long a comment after the last one may be. */
const END = 22;
const CENTRAL = 46;
export const LOCAL = 30;
const COMMENT = 65_535;
/** A document has some dozens. */
const MOST = 10_000;

/**
 * The directory of a zip archive by name (PKWARE's APPNOTE, sections 4.3.12 and 4.3.16).
 *
 * Of a name that is there twice the first counts, as for those who made the file. `bytes` may be the end alone of an
 * archive that has `before` bytes in front of them.
 */
export function readDirectory(bytes: Uint8Array<ArrayBuffer>, before = 0): Map<string, Entry> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = findEnd(view);
  const count = view.getUint16(end + 10, true);
  const entries = new Map<string, Entry>();
  // Whatever was put before the archive moves all of it.
  let at = end - view.getUint32(end + 12, true);
  const moved = at + before - view.getUint32(end + 16, true);
  if (count === 0xffff || count > MOST)
    throw documentFailure('too_large', `The file is a zip of more than ${MOST} files.`);
  try {
    for (let i = 0; i < count; i++) {
      if (view.getUint32(at, true) !== 0x02014b50) throw new RangeError('no central record');
      const [name, extra, comment] = [28, 30, 32].map((place) => view.getUint16(at + place, true)) as [
        number,
        number,
        number,
      ];
      const key = decodeName(bytes.subarray(at + CENTRAL, at + CENTRAL + name));
      const entry = {
        record: view.getUint32(at + 42, true) + moved,
        size: view.getUint32(at + 20, true),
        crc: view.getUint32(at + 16, true),
        method: view.getUint16(at + 10, true),
        encrypted: (view.getUint16(at + 8, true) & 1) === 1,
      };
      if (!entries.has(key)) entries.set(key, entry);
      at += CENTRAL + name + extra + comment;
    }
  } catch (cause) {
    if (cause instanceof RangeError) throw broken(cause);
    throw cause;
  }
  return entries;
}

/** Bytes of a file's own record, of which the first `LOCAL` tell. */
export function recordLength(record: Uint8Array<ArrayBuffer>): number {
  if (record.length < LOCAL) throw broken();
  const view = new DataView(record.buffer, record.byteOffset);
  return LOCAL + view.getUint16(26, true) + view.getUint16(28, true);
}

function findEnd(view: DataView): number {
  const first = Math.max(0, view.byteLength - END - COMMENT);
  for (let at = view.byteLength - END; at >= first; at--) {
    if (view.getUint32(at, true) === 0x06054b50) return at;
  }
  throw broken();
}

/** Some programs write backslashes. */
const decodeName = (bytes: Uint8Array): string =>
  new TextDecoder().decode(bytes).replaceAll('\\', '/').replace(/^\//, '');

const broken = (cause?: unknown) => documentFailure('corrupt', 'The file is a broken or cut zip; get it again.', cause);
