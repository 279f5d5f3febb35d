import type { Incoming, Source } from './source.js';

/** A file by its path in a folder or an archive; what it holds is looked up when it is wanted. */
export interface LocalFile {
  readonly path: string;
  readonly content: () => Promise<Blob>;
}

/** Files that are here, in whatever folder: the outermost `config.json` says where the model begins. */
export class LocalSource implements Source {
  /** The folder that the model is in. */
  readonly name: string;
  readonly #files: ReadonlyMap<string, LocalFile>;

  constructor(files: readonly LocalFile[]) {
    const named = files.map((file) => ({ ...file, path: file.path.replaceAll('\\', '/') }));
    const configs = named.map(({ path }) => path).filter((path) => /(^|\/)config\.json$/.test(path));
    const [config = ''] = configs.sort((a, b) => a.split('/').length - b.split('/').length);
    const root = config.slice(0, -'config.json'.length);
    this.name = root.replace(/\/$/, '');
    const inside = named.filter(({ path }) => path.startsWith(root));
    this.#files = new Map(inside.map((file) => [file.path.slice(root.length), file]));
  }

  async open(path: string): Promise<Incoming | undefined> {
    const content = await this.#files.get(path)?.content();
    if (!content) return undefined;
    const body = content.stream() as unknown as AsyncIterable<Uint8Array>;
    return { from: 0, total: content.size, exact: true, version: undefined, body };
  }
}
