import { sha256 } from '../contract/digest.js';
import { failure } from '../contract/errors.js';
import type { FileRecord } from './manifest.js';

/** Reads a whole file from wherever the environment keeps it. */
export type ReadFile = (
  url: string,
  signal: AbortSignal,
  onBytes: (bytes: number) => void,
) => Promise<Uint8Array<ArrayBuffer>>;

/**
 * Reads a model's file and checks it against its record.
 *
 * Rejects with MODEL_UNAVAILABLE when it is missing, cut short, or something else, such as the web page
 * that a single-page server sends in place of a missing file.
 */
export async function readVerified(
  read: ReadFile,
  url: string,
  record: FileRecord,
  signal: AbortSignal,
  onBytes: (bytes: number) => void,
  advice = 'Serve the files of the installed version, or name their folder with the assets option.',
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await read(url, signal, onBytes);
  if (bytes.length !== record.bytes) {
    const page = bytes[0] === 0x3c ? ' The server answered with a web page instead.' : '';
    throw unavailable(record, `${url} has ${bytes.length} bytes, not ${record.bytes}.${page} ${advice}`);
  }
  if ((await sha256(bytes)) !== record.sha256) {
    throw unavailable(record, `${url} has the right size but not the right content. ${advice}`);
  }
  return bytes;
}

const unavailable = (record: FileRecord, message: string) =>
  failure('MODEL_UNAVAILABLE', message, { file: record.path });
