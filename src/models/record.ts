import { isFields } from '../contract/checks.js';
import { sha256 } from '../contract/digest.js';
import type { FileRecord, ModelSpec } from '../engines/manifest.js';
import type { Store } from '../store/store.js';

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

/** What tells a model's record from one that was damaged. */
export const isInstalled = (value: unknown): value is InstalledModel =>
  isFields(value) &&
  ['id', 'folder', 'installed_at'].every((name) => typeof value[name] === 'string') &&
  ['from', 'revision'].every((name) => value[name] === null || typeof value[name] === 'string') &&
  Array.isArray(value['files']) &&
  value['files'].every(isFile) &&
  isFields(value['spec']) &&
  typeof value['spec']['engine'] === 'string' &&
  isFields(value['spec']['files']) &&
  Object.values(value['spec']['files']).every(isFile);

const isFile = (value: unknown): boolean =>
  isFields(value) && typeof value['path'] === 'string' && Number.isInteger(value['bytes']);

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

/** Where a worker reads a model's files, by role. */
export function addressesOf(store: Store, folder: string, { files }: ModelSpec): Record<string, string> {
  const found = Object.entries(files).map(([role, { path }]) => [role, store.files.address(storedName(folder, path))]);
  return Object.fromEntries(found.filter(([, address]) => address !== undefined));
}
