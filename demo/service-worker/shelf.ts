import { copyOf } from './copy.js';
import type { Precache, PrecachedFile, PrecacheProgress } from './precache.js';

const PREFIX = 'classer-demo ';

/** The cache that holds one version of the demo. */
export class Shelf {
  readonly #name: string;
  readonly #files: ReadonlyMap<string, PrecachedFile>;

  /** `folder` is the address that the files' own are relative to. */
  constructor({ version, files }: Precache, folder: string) {
    this.#name = PREFIX + version;
    this.#files = new Map(files.map((file) => [new URL(file.url, folder).href, file]));
  }

  has(address: string): boolean {
    return this.#files.has(address);
  }

  /** A file that is here, or that was left to be fetched when it is wanted. */
  async get(address: string): Promise<Response | undefined> {
    const cache = await caches.open(this.#name);
    const file = this.#files.get(address);
    const held = await cache.match(address);
    if (held || !file?.later) return held;
    const copy = (await older(address, file, ignore)) ?? (await fetched(address, file, ignore));
    await cache.put(address, copy.clone());
    return copy;
  }

  /** Puts every file there that a visit needs and that is not there yet; rejects when one cannot be had as it was built. */
  async fill(onProgress: (progress: PrecacheProgress) => void): Promise<void> {
    const cache = await caches.open(this.#name);
    const files = [...this.#files].filter(([, { later }]) => !later);
    const total = files.reduce((sum, [, file]) => sum + file.bytes, 0);
    let done = 0;
    const count = (bytes: number) => {
      done += bytes;
      onProgress({ done, total });
    };
    await Promise.all(
      files.map(async ([address, file]) => {
        if (await cache.match(address)) return count(file.bytes);
        await cache.put(address, (await older(address, file, count)) ?? (await fetched(address, file, count)));
      }),
    );
  }

  /** Forgets this version, whose files could not all be had. */
  async remove(): Promise<void> {
    await caches.delete(this.#name);
  }

  /** Forgets the versions before this one. */
  async removeOthers(): Promise<void> {
    const others = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== this.#name);
    await Promise.all(others.map((name) => caches.delete(name)));
  }
}

const ignore = () => undefined;

/** The file as an older version holds it, so that an update need not download the weights again. */
async function older(
  address: string,
  file: PrecachedFile,
  count: (bytes: number) => void,
): Promise<Response | undefined> {
  const held = await caches.match(address);
  const copy = held && (await copyOf(held, file, ignore).catch(() => undefined));
  if (copy) count(file.bytes);
  return copy;
}

async function fetched(address: string, file: PrecachedFile, count: (bytes: number) => void): Promise<Response> {
  // Only names under assets/ change with their content.
  const cache = file.url.startsWith('assets/') ? 'default' : 'no-cache';
  return copyOf(await fetch(address, { cache }), file, count);
}
