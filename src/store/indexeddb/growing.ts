import { splitName } from '../key.js';
import type { GrowingFiles, GrowingStore } from '../store.js';
import { full, nameOf, OriginFiles } from './files.js';
import { originRoom } from './room.js';
import { IndexedDbStore } from './store.js';

/** Bytes that are on the disk for good at the latest when as many again have come. */
const SAFE = 8_000_000;

/** Files in the origin's private file system that can come bit by bit. */
export class GrowingOriginFiles extends OriginFiles implements GrowingFiles {
  room(): Promise<number | undefined> {
    return originRoom();
  }

  async extend(path: string, from: number, pieces: AsyncIterable<Uint8Array>): Promise<void> {
    const [folder, name] = splitName(path);
    const directory = await (await this.folder()).getDirectoryHandle(folder, { create: true });
    const file = await directory.getFileHandle(name, { create: true });
    let [kept, at] = [from, from];
    const begin = async () => {
      const writer = await file.createWritable({ keepExistingData: true });
      await writer.truncate(at);
      await writer.seek(at);
      return writer;
    };
    let writer = await begin();
    try {
      for await (const piece of pieces) {
        await writer.write(piece as Uint8Array<ArrayBuffer>);
        at += piece.length;
        // Beginning anew copies the file: seldom enough to cost no more than the writing itself.
        if (at - kept < Math.max(SAFE, kept)) continue;
        await writer.close();
        kept = at;
        writer = await begin();
      }
      await writer.close();
    } catch (error) {
      await writer.close().catch(() => undefined);
      throw nameOf(error) === 'QuotaExceededError' ? await full(error, at) : error;
    }
  }
}

/** The store that a name stands for, for downloads into it. */
export async function openGrowing(name: string): Promise<GrowingStore> {
  const store = await IndexedDbStore.open(name);
  return Object.assign(store, { files: new GrowingOriginFiles(name) });
}
