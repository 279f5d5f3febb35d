import { randomHex } from '../contract/random.js';
import type { Json, Store } from '../store/store.js';
import { findInstalled, keptOf } from './installed.js';
import { keyOf, storedName } from './record.js';

/** What is written down about a download, so that a later try can go on with it. */
interface DraftRecord {
  readonly id: string;
  readonly folder: string;
  /** Where it comes from: files of another place are not gone on with. */
  readonly from: string;
  readonly versions: Readonly<Record<string, string>>;
}

/** A model's files on their way: a folder that no record of a model names yet. */
export class Draft {
  readonly #store: Store;
  readonly #key: string;
  #record: DraftRecord;

  private constructor(store: Store, key: string, record: DraftRecord) {
    this.#store = store;
    this.#key = key;
    this.#record = record;
  }

  /** The draft of an earlier try from the same place, else a new one. */
  static async open(store: Store, id: string, from: string): Promise<Draft> {
    const key = await keyOf(id);
    const before = await store.get<Json & DraftRecord>('downloads', key);
    const live = (await findInstalled(store, id))?.folder;
    if (before && before.from === from && before.folder !== live) return new Draft(store, key, before);
    if (before && before.folder !== live) await store.files.remove(before.folder);
    return new Draft(store, key, { id, folder: `model-${randomHex(8)}`, from, versions: {} });
  }

  get folder(): string {
    return this.#record.folder;
  }

  /** The version of a file that is there, at least in part. */
  version(path: string): string | undefined {
    return this.#record.versions[path];
  }

  /** Notes which version of a file comes now. */
  async begin(path: string, version: string | undefined): Promise<void> {
    const { [path]: _, ...others } = this.#record.versions;
    this.#record = { ...this.#record, versions: version === undefined ? others : { ...others, [path]: version } };
    await this.#store.update<Json & DraftRecord>('downloads', this.#key, () => this.#record as Json & DraftRecord);
  }

  /** Forgets the download; its folder now belongs to a model. */
  async forget(): Promise<void> {
    await this.#store.update('downloads', this.#key, () => undefined);
  }

  /** Removes all that came. */
  async drop(): Promise<void> {
    await this.#store.files.remove(this.folder);
    await this.forget();
  }
}

/** What is left of downloads that broke off, by the id that they were to have. */
export async function leftovers(store: Store): Promise<{ id: string; bytes: number }[]> {
  const found = [];
  for (const key of await store.keys('downloads')) {
    const { id, folder = '', versions = {} } = (await store.get<Json & Partial<DraftRecord>>('downloads', key)) ?? {};
    if (id === undefined || (await keptOf(store, id))?.folder === folder) continue;
    const sizes = Object.keys(versions).map((path) => store.files.size(storedName(folder, path)));
    const bytes = (await Promise.all(sizes)).reduce<number>((sum, size = 0) => sum + size, 0);
    if (bytes > 0) found.push({ id, bytes });
  }
  return found;
}

/** Removes what is left of a download that broke off; says whether there was one. */
export async function dropDraft(store: Store, id: string): Promise<boolean> {
  const key = await keyOf(id);
  const record = await store.get<Json & DraftRecord>('downloads', key);
  const live = (await findInstalled(store, id))?.folder;
  const left = record?.folder === live ? undefined : record?.folder;
  if (left !== undefined) await store.files.remove(left);
  await store.update('downloads', key, () => undefined);
  return left !== undefined;
}
