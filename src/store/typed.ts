import { ClasserError, failure } from '../contract/errors.js';
import { damaged } from './damaged.js';
import { type Files, type Json, type Release, type Store, TABLES, type Table } from './store.js';

/** Whether a value can be the record of a table that has this key. */
export type Shapes = Readonly<Partial<Record<Table, (value: unknown, key: string) => boolean>>>;

/**
 * A store whose every failure is one of our errors, with the system's own as its cause.
 *
 * What is no record of its table, however that came about, is damaged, or not there where it can be done without.
 */
export class TypedStore implements Store {
  readonly files: Files;
  readonly #store: Store;
  readonly #shapes: Shapes;

  constructor(store: Store, shapes: Shapes = {}) {
    this.#store = store;
    this.#shapes = shapes;
    this.files = typedFiles(store.files);
  }

  get<Value extends Json>(table: Table, key: string): Promise<Value | undefined> {
    return typed(async () => this.#whole(table, key, await this.#store.get<Value>(table, key)));
  }

  update<Value extends Json>(
    table: Table,
    key: string,
    change: (before: Value | undefined) => Value | undefined,
  ): Promise<Value | undefined> {
    let own: { error: unknown } | undefined;
    const watched = (before: Value | undefined) => {
      try {
        return change(this.#whole(table, key, before));
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

  #whole<Value>(table: Table, key: string, value: Value | undefined): Value | undefined {
    if (value === undefined || (this.#shapes[table]?.(value, key) ?? true)) return value;
    if (TABLES[table].durable) throw damaged(table, key);
    return undefined;
  }
}

export const typedFiles = (files: Files): Files => ({
  write: (name, pieces) => typed(() => files.write(name, pieces)),
  address: (name) => files.address(name),
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
  const { code, message } = (error ?? {}) as { code?: unknown; message?: string };
  // A system's message tells paths, which are not for everybody who asks.
  const why = typeof code === 'string' ? code : (message ?? String(error));
  return failure('INTERNAL', `What is kept could not be read or written: ${why}`, undefined, error);
}
