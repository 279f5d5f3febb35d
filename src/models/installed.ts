import { isFields } from '../contract/checks.js';
import { ClasserError } from '../contract/errors.js';
import { isBlocked } from '../store/blocked.js';
import { damaged } from '../store/damaged.js';
import type { Json, Store } from '../store/store.js';
import { type InstalledModel, isInstalled, keyOf } from './record.js';

/** What is left of a model whose record is damaged. */
export interface BrokenModel {
  /** Its own id where the record still tells it, else the record's key: `keptOf` takes both. */
  readonly id: string;
  readonly folder: string | undefined;
  /** INTERNAL: what to do, and in its cause where the record lies. */
  readonly error: ClasserError;
}

/** The record of a model, if it is installed; rejects with INTERNAL where it is damaged. */
export async function findInstalled(store: Store, id: string): Promise<InstalledModel | undefined> {
  const found = await read(store, await keyOf(id));
  if (found && 'error' in found) throw damaged('models', id, found.error.cause);
  return found;
}

/** The records of all installed models, by id, and what is left of damaged ones. */
export async function allInstalled(store: Store): Promise<{ models: InstalledModel[]; broken: BrokenModel[] }> {
  const found = await Promise.all((await store.keys('models')).map((key) => read(store, key)));
  // One that was removed meanwhile is neither.
  const there = found.filter((one) => one !== undefined).sort((a, b) => (a.id < b.id ? -1 : 1));
  return {
    models: there.flatMap((one) => ('error' in one ? [] : one)),
    broken: there.flatMap((one) => ('error' in one ? one : [])),
  };
}

/** Where a model's record and files are, whatever the record holds; `id` is what the model is listed as. */
export async function keptOf(
  store: Store,
  id: string,
): Promise<{ key: string; folder: string | undefined } | undefined> {
  const key = await keyOf(id);
  const own = await read(store, key);
  if (own) return { key, folder: own.folder };
  const other = /^[0-9a-f]{64}$/.test(id) ? await read(store, id) : undefined;
  return other && 'error' in other ? { key: id, folder: other.folder } : undefined;
}

/** Folders as drafts name them: a damaged record may name any other. */
const FOLDER = /^model-[0-9a-f]+$/;

async function read(store: Store, key: string): Promise<InstalledModel | BrokenModel | undefined> {
  const { record, cause } = await recordOf(store, key);
  if (record === undefined && cause === undefined) return undefined;
  const { id, folder } = isFields(record) ? record : {};
  const named = typeof id === 'string' && (await keyOf(id)) === key ? id : undefined;
  if (named !== undefined && isInstalled(record)) return record;
  return {
    id: named ?? key,
    folder: typeof folder === 'string' && FOLDER.test(folder) ? folder : undefined,
    error: damaged('models', named ?? key, cause),
  };
}

/** What a record holds, or why it cannot be read. */
async function recordOf(store: Store, key: string): Promise<{ record?: Json | undefined; cause?: unknown }> {
  try {
    return { record: await store.get<Json>('models', key) };
  } catch (error) {
    if (!ClasserError.is(error) || error.code !== 'INTERNAL' || isBlocked(error)) throw error;
    return { cause: error.cause ?? error };
  }
}
