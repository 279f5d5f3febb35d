import type { GrowingFiles, GrowingStore } from './store.js';
import { TypedStore, typed, typedFiles } from './typed.js';

/** The same for a store whose files can come bit by bit. */
export class TypedGrowingStore extends TypedStore implements GrowingStore {
  override readonly files: GrowingFiles;

  constructor(store: GrowingStore) {
    super(store);
    const { files } = store;
    this.files = {
      ...typedFiles(files),
      extend: (name, from, pieces) => typed(() => files.extend(name, from, pieces)),
      room: () => typed(() => files.room()),
    };
  }
}
