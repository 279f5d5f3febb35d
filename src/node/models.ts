import { openAsBlob } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, join, relative, resolve } from 'node:path';
import { openModelsOn } from '../client/stored-models.js';
import { failure } from '../contract/errors.js';
import { type LocalFile, LocalSource } from '../models/local.js';
import { zipSource } from '../models/unzip.js';
import { FileStore } from '../store/file/store.js';
import { TypedGrowingStore } from '../store/growing.js';
import { advice, type Ground, installOn } from '../worker/manage.js';
import { home } from './home.js';

export { findModel } from '../client/find-model.js';
export { openClip } from '../engines/clip/engine.js';
export { hubParts } from '../engines/embed/hub.js';
export { checkGolden, probe } from '../engines/golden.js';
export { openNli } from '../engines/nli/engine.js';

export { advice };

export const openModels = openModelsOn({
  persist: async () => true,
  room: (store = home()) => new FileStore(resolve(store)).files.room(),
});

/** A folder in the hub's layout, or a zip of one. */
const openPath: Ground['openPath'] = async (path) => {
  try {
    if (!(await stat(path)).isDirectory()) return await zipSource(await openAsBlob(path));
    const entries = await readdir(path, { recursive: true, withFileTypes: true });
    const files = entries
      .filter((entry) => entry.isFile())
      .map((entry): LocalFile => {
        const file = join(entry.parentPath, entry.name);
        return {
          path: join(basename(path), relative(path, file)),
          content: () => openAsBlob(file),
        };
      });
    return new LocalSource(files);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code !== 'ENOENT' && code !== 'EACCES' && code !== 'ENOTDIR') throw cause;
    throw failure('VALIDATION_ERROR', `${path} cannot be read (${code}).`, { field: 'source' }, cause);
  }
};

export const install = installOn({
  openStore: async (name = home()) => new TypedGrowingStore(new FileStore(resolve(name))),
  openPath,
});
