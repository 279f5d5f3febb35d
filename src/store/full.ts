import { type ClasserError, failure } from '../contract/errors.js';

/** The error of a disk, or of a site's share of it, that has no room left. */
export function storageFull(cause: unknown, room: { needed?: number; available?: number } = {}): ClasserError {
  const message = 'There is no room left to store this; remove finished jobs or models, or free space on the disk.';
  return failure('STORAGE_FULL', message, { needed: room.needed ?? null, available: room.available ?? null }, cause);
}
