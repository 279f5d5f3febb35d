import { ClasserError, failure } from '../contract/errors.js';
import type { GrowingStore, Store } from '../store/store.js';
import { leftovers } from './draft.js';
import { allInstalled } from './installed.js';
import { bytesOf } from './record.js';

/** Rejects with STORAGE_FULL before a disk is filled in vain. */
export async function refuseFull(id: string, needed: number, store: GrowingStore): Promise<void> {
  const available = await store.files.room();
  if (available !== undefined && needed > available) throw await full(id, needed, available, store);
}

/**
 * The same for a disk that turned out to be full while it was written to; any other error as it is. `announced` are the bytes of
 * the files that have begun to come.
 */
export async function explained(error: unknown, id: string, announced: number, store: Store): Promise<unknown> {
  if (!ClasserError.is(error) || error.code !== 'STORAGE_FULL' || error.details?.['removable']) return error;
  const { needed, available } = error.details ?? {};
  const most = Math.max(announced, typeof needed === 'number' ? needed : 0);
  return full(id, most > 0 ? most : null, typeof available === 'number' ? available : null, store, error);
}

/** Says what is needed and what could go. */
async function full(id: string, needed: number | null, available: number | null, store: Store, cause?: unknown) {
  const { models } = await allInstalled(store);
  const installed = models.map((model) => ({ id: model.id, bytes: bytesOf(model.files) }));
  const removable = [...installed, ...(await leftovers(store)).filter((one) => one.id !== id)];
  const could = removable.map((model) => `${model.id} (${model.bytes} bytes)`).join(', ');
  const advice = could === '' ? 'Free space on the disk.' : `Free space, or remove a model: ${could}.`;
  const message = `${id} needs ${needed ?? 'more'} bytes and ${available ?? 'too few'} are free. ${advice}`;
  return failure('STORAGE_FULL', message, { needed, available, removable }, cause);
}
