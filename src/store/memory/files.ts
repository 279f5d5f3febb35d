import { missing, splitName } from '../key.js';
import type { Files } from '../store.js';

/** Files as blobs in memory. */
export class MemoryFiles implements Files {
  readonly #folders = new Map<string, Map<string, Blob>>();

  async write(path: string, pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<number> {
    const [folder, name] = splitName(path);
    const parts: BlobPart[] = [];
    for await (const piece of pieces) parts.push(new Uint8Array(piece));
    const blob = new Blob(parts);
    const files = this.#folders.get(folder) ?? new Map<string, Blob>();
    this.#folders.set(folder, files.set(name, blob));
    return blob.size;
  }

  address(): undefined {
    return undefined;
  }

  async *read(path: string, from = 0): AsyncIterable<Uint8Array> {
    const [folder, name] = splitName(path);
    const blob = this.#folders.get(folder)?.get(name);
    if (!blob) throw missing(path);
    yield* blob.slice(from).stream() as unknown as AsyncIterable<Uint8Array>;
  }

  async size(path: string): Promise<number | undefined> {
    const [folder, name] = splitName(path);
    return this.#folders.get(folder)?.get(name)?.size;
  }

  async remove(path: string): Promise<void> {
    const [folder = '', name] = path.split('/');
    if (name === undefined) this.#folders.delete(folder);
    else this.#folders.get(folder)?.delete(name);
  }

  clear(): void {
    this.#folders.clear();
  }
}
