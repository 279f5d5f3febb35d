import { RunningSha256 } from '../contract/running-sha256.js';
import type { FileRecord } from '../engines/manifest.js';
import type { GrowingStore } from '../store/store.js';
import type { Draft } from './draft.js';
import { installFailure } from './failure.js';
import { LARGEST, tooLarge } from './largest.js';
import type { Tally } from './progress.js';
import { storedName } from './record.js';
import type { Incoming, Source } from './source.js';
import { stranger } from './stranger.js';

/** What a download works with. */
export interface DownloadParts {
  readonly source: Source;
  readonly draft: Draft;
  readonly store: GrowingStore;
  readonly tally: Tally;
  /** SHA-256 in hex by path, as the caller knows them. */
  readonly integrity: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

/** A file that its source has begun to send. */
export interface Begun {
  readonly path: string;
  readonly incoming: Incoming;
  /** Bytes that are still to come, as far as is known. */
  readonly missing: number;
}

/** Files on their way into a draft: each written and hashed as it comes. */
export class Download {
  readonly #parts: DownloadParts;
  readonly #stop = new AbortController();
  /** Fires when the caller or `stop` gives up. */
  readonly #signal: AbortSignal;
  /** Paths at which a web page came instead of a file. */
  readonly pages: string[] = [];

  constructor(parts: DownloadParts) {
    this.#parts = parts;
    this.#signal = AbortSignal.any([parts.signal, this.#stop.signal]);
  }

  /** Ends what is still being sent. */
  stop(): void {
    this.#stop.abort();
  }

  /** All results, or the first failure once the others have ended, too: nothing is written behind it. */
  async together<Result>(jobs: readonly Promise<Result>[]): Promise<Result[]> {
    try {
      return await Promise.all(jobs);
    } catch (error) {
      this.stop();
      await Promise.allSettled(jobs);
      throw error;
    }
  }

  /** A file, written and checked; undefined where the source has none. */
  async get(path: string): Promise<FileRecord | undefined> {
    const begun = await this.begin(path);
    return begun && this.finish(begun);
  }

  /** Asks for a file and looks at its first bytes; undefined where the source has none. */
  async begin(path: string): Promise<Begun | undefined> {
    const { source, draft, store } = this.#parts;
    const name = storedName(draft.folder, path);
    const version = draft.version(path);
    const size = version === undefined ? 0 : ((await store.files.size(name)) ?? 0);
    // The last byte is asked for again, so that a file of which nothing is missing can be asked for, too.
    const kept = version === undefined || size < 2 ? undefined : { size: size - 1, version };
    const incoming = await source.open(path, kept, this.#signal);
    if (!incoming) return undefined;
    if ((incoming.total ?? 0) > LARGEST) throw tooLarge(path, incoming.total);
    const { what, body } = incoming.from > 0 ? { what: undefined, ...incoming } : await stranger(incoming.body);
    if (what === 'web_page') {
      this.pages.push(path);
      return undefined;
    }
    if (what === 'lfs_pointer') {
      const message = `${path} from ${source.name} is a Git LFS pointer, not the file; get it with git lfs pull.`;
      throw installFailure('lfs_pointer', message, { file: path });
    }
    // Bytes of an earlier version go before it is noted that another one comes: whatever ends this, none lie under its name.
    if (incoming.from === 0) await store.files.remove(name);
    await draft.begin(path, incoming.version);
    const missing = (incoming.total ?? 0) - incoming.from;
    return { path, incoming: { ...incoming, body }, missing };
  }

  /** Writes what comes of a file, and gives its record once it is whole. */
  async finish({ path, incoming }: Begun): Promise<FileRecord> {
    const { draft, store, tally, integrity, source } = this.#parts;
    const name = storedName(draft.folder, path);
    const hash = new RunningSha256();
    let bytes = 0;
    const take = (piece: Uint8Array) => {
      bytes += piece.length;
      if (bytes > LARGEST) throw tooLarge(path);
      hash.add(piece);
      tally.count(path, bytes, incoming.total);
    };
    for await (const piece of this.#kept(name, incoming.from)) take(piece);
    const taken = async function* () {
      for await (const piece of incoming.body) {
        take(piece);
        yield piece;
      }
    };
    await store.files.extend(name, incoming.from, taken());
    const { total, exact } = incoming;
    if (exact && total !== undefined && bytes !== total) {
      const message = `${path} from ${source.name} ended after ${bytes} of ${total} bytes; install again to go on.`;
      throw installFailure('cut', message, { file: path });
    }
    if (bytes === 0)
      throw installFailure('corrupt', `${path} from ${source.name} is empty; get it again.`, { file: path });
    tally.count(path, bytes, bytes);
    const sha256 = hash.end();
    const wanted = integrity[path];
    if (wanted === undefined || wanted === sha256) return { path, bytes, sha256 };
    const message = `${path} from ${source.name} has the SHA-256 ${sha256}, not ${wanted}; nothing was installed.`;
    throw installFailure('integrity', message, { file: path });
  }

  /** The bytes that an earlier try left and that are not sent again. */
  async *#kept(name: string, length: number): AsyncGenerator<Uint8Array> {
    let read = 0;
    if (length === 0) return;
    for await (const piece of this.#parts.store.files.read(name)) {
      yield piece.subarray(0, length - read);
      read += piece.length;
      if (read >= length) return;
    }
  }
}
