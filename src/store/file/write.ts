import { randomBytes } from 'node:crypto';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { makeFolder } from './folder.js';
import { asFull } from './full.js';

/**
 * Writes a file under another name and renames it once it is whole.
 *
 * A durable one is on the disk, and so is its name, when this resolves.
 */
export async function writeWhole(
  path: string,
  pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  durable: boolean,
): Promise<number> {
  const draft = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  let length = 0;
  const counted = counting(pieces, (bytes) => {
    length += bytes;
  });
  try {
    await makeFolder(dirname(path), 0o700);
    await fill(draft, counted, durable);
    await rename(draft, path);
    if (durable) await syncFolder(dirname(path));
    return length;
  } catch (error) {
    await rm(draft, { force: true }).catch(() => undefined);
    throw await asFull(error, dirname(path), length);
  }
}

/** Keeps the first bytes of a file and adds to them; what was added stays when the rest does not come. */
export async function extend(path: string, from: number, pieces: AsyncIterable<Uint8Array>): Promise<void> {
  let length = from;
  const counted = counting(pieces, (bytes) => {
    length += bytes;
  });
  try {
    await makeFolder(dirname(path), 0o700);
    const file = await open(path, from > 0 ? 'r+' : 'w', 0o600);
    try {
      await file.truncate(from);
      await append(file, from, counted).finally(() => file.sync());
    } finally {
      await file.close();
    }
    await syncFolder(dirname(path));
  } catch (error) {
    throw await asFull(error, dirname(path), length);
  }
}

/** Writes behind an offset. A disk that fills up takes a part of a piece, and refuses only the rest. */
async function append(file: FileHandle, from: number, pieces: AsyncIterable<Uint8Array>): Promise<void> {
  let at = from;
  for await (const piece of pieces) {
    for (let rest = piece; rest.length > 0; ) {
      const { bytesWritten } = await file.write(rest, 0, rest.length, at);
      rest = rest.subarray(bytesWritten);
      at += bytesWritten;
    }
  }
}

/** The same pieces; `count` gets the bytes of each before it goes on. */
async function* counting(
  pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  count: (bytes: number) => void,
): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) {
    count(piece.length);
    yield piece;
  }
}

async function fill(path: string, pieces: AsyncIterable<Uint8Array>, durable: boolean): Promise<void> {
  const file: FileHandle = await open(path, 'wx', 0o600);
  try {
    for await (const piece of pieces) await file.writeFile(piece);
    if (durable) await file.sync();
  } finally {
    await file.close();
  }
}

/** A new name is kept by its folder, which must be written too; Windows has no such thing. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** Removes a file, for good. */
export async function removeFile(path: string): Promise<void> {
  await rm(path, { force: true });
  await syncFolder(dirname(path));
}
