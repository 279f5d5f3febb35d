import { ClasserError, failure } from '../contract/errors.js';
import type { Files, Json, Release, Store, Table } from './store.js';

/** A store whose every failure is one of our errors, with the system's own as its cause. */
export class TypedStore implements Store {
  readonly files: Files;
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
    this.files = typedFiles(store.files);
  }

  get<Value extends Json>(table: Table, key: string): Promise<Value | undefined> {
    return typed(() => this.#store.get<Value>(table, key));
  }

  update<Value extends Json>(
    table: Table,
    key: string,
    change: (before: Value | undefined) => Value | undefined,
  ): Promise<Value | undefined> {
    let own: { error: unknown } | undefined;
    const watched = (before: Value | undefined) => {
      try {
        return change(before);
      } catch (error) {
        own = { error };
        throw error;
      }
    };
    return typed(() => this.#store.update<Value>(table, key, watched)).catch((error: unknown) => {
      // What the change itself threw is no failure of the store's.
      throw own ? own.error : error;
    });
  }

  remove(table: Table, key: string): Promise<void> {
    return typed(() => this.#store.remove(table, key));
  }

  keys(table: Table): Promise<string[]> {
    return typed(() => this.#store.keys(table));
  }

  claim(name: string): Promise<Release | undefined> {
    return typed(() => this.#store.claim(name));
  }

  close(): Promise<void> {
    return typed(() => this.#store.close());
  }
}

const typedFiles = (files: Files): Files => ({
  write: (name, pieces) => typed(() => files.write(name, pieces)),
  async *read(name, from) {
    try {
      yield* files.read(name, from);
    } catch (error) {
      throw asStorageError(error);
    }
  },
  size: (name) => typed(() => files.size(name)),
  remove: (name) => typed(() => files.remove(name)),
});

/** What failed while something was kept or looked up. */
export async function typed<Result>(run: () => Promise<Result>): Promise<Result> {
  try {
    return await run();
  } catch (error) {
    throw asStorageError(error);
  }
}

function asStorageError(error: unknown): ClasserError {
  if (ClasserError.is(error)) return error;
  const why = error instanceof Error ? error.message : String(error);
  return failure('INTERNAL', `What is kept could not be read or written: ${why}`, undefined, error);
}
