import { sha256 } from '../contract/digest.js';
import type { FileRecord, ModelSpec } from '../engines/manifest.js';
import type { Json, Store } from '../store/store.js';

/** An installed model as it is kept: an entry like those of models/manifest.json, and where its files are. */
export interface InstalledModel {
  readonly id: string;
  readonly spec: ModelSpec;
  /** The folder of the store that its files are in. */
  readonly folder: string;
  /** Every file that was installed, with its path in the hub's layout. */
  readonly files: readonly FileRecord[];
  /** The URL that it came from; null for one that was imported. */
  readonly from: string | null;
  readonly revision: string | null;
  readonly installed_at: string;
}

/** Ids as hubs have them. */
export const MODEL_ID = /^\w[\w.-]{0,95}(\/\w[\w.-]{0,95})?$/;

/** The key of everything that is kept about a model. */
export const keyOf = (id: string): Promise<string> => sha256(id);

/** A file of a model in its folder of the store. */
export const storedName = (folder: string, path: string): string =>
  `${folder}/${path
    .toLowerCase()
    .replaceAll('/', '.')
    .replace(/[^a-z0-9._-]/g, '_')}`;

export const bytesOf = (files: readonly FileRecord[]): number => files.reduce((sum, { bytes }) => sum + bytes, 0);

/** Whether a model has the files that are asked for, by path and SHA-256. */
export const hasHashes = ({ files }: InstalledModel, integrity: Readonly<Record<string, string>>): boolean =>
  Object.entries(integrity).every(([path, sha256]) => files.some((one) => one.path === path && one.sha256 === sha256));

/** The record of a model, if it is installed. */
export async function findInstalled(store: Store, id: string): Promise<InstalledModel | undefined> {
  return store.get<Json & InstalledModel>('models', await keyOf(id));
}

/** The records of all installed models, by id. */
export async function allInstalled(store: Store): Promise<InstalledModel[]> {
  const keys = await store.keys('models');
  const records = await Promise.all(keys.map((key) => store.get<Json & InstalledModel>('models', key)));
  const there = records.filter((record) => record !== undefined);
  return there.sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Where a worker reads a model's files, by role. */
export function addressesOf(store: Store, folder: string, { files }: ModelSpec): Record<string, string> {
  const found = Object.entries(files).map(([role, { path }]) => [role, store.files.address(storedName(folder, path))]);
  return Object.fromEntries(found.filter(([, address]) => address !== undefined));
}
