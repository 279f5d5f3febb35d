import { openModelsOn } from './client/stored-models.js';
import { concat } from './contract/bytes.js';
import { failure } from './contract/errors.js';
import type { ReadFile } from './engines/assets.js';
import { TypedGrowingStore } from './store/growing.js';
import { readAddress } from './store/indexeddb/address.js';
import { openGrowing } from './store/indexeddb/growing.js';
import { originRoom } from './store/indexeddb/room.js';
import { typed } from './store/typed.js';
import { advice, installOn } from './worker/manage.js';

export { findModel } from './client/find-model.js';
export { tryWebGpu } from './client/trial.js';
export { openClip } from './engines/clip/engine.js';
export { hubParts } from './engines/embed/hub.js';
export { checkGolden, probe } from './engines/golden.js';
export { openNli } from './engines/nli/engine.js';
export { advice };

export const openModels = openModelsOn({
  async persist(ask) {
    const { storage } = navigator;
    return (await (ask ? storage?.persist?.() : storage?.persisted?.())) ?? false;
  },
  room: originRoom,
});

export const install = installOn({
  openStore: async (name = 'classer-local') => new TypedGrowingStore(await typed(() => openGrowing(name))),
  openPath: async (path) => {
    throw failure('VALIDATION_ERROR', `A page cannot read ${path}; give its File or a URL.`, { field: 'source' });
  },
});

export const readStored: ReadFile = async (address, signal, onBytes) => {
  try {
    const pieces: Uint8Array[] = [];
    let length = 0;
    for await (const piece of (await readAddress(address)).stream() as unknown as AsyncIterable<Uint8Array>) {
      signal.throwIfAborted();
      pieces.push(piece);
      length += piece.length;
      onBytes(length);
    }
    return concat(pieces);
  } catch (cause) {
    signal.throwIfAborted();
    throw failure('MODEL_UNAVAILABLE', `${address} cannot be read any more. ${advice}`, { url: address }, cause);
  }
};
