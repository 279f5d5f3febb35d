import { failure } from '../contract/errors.js';
import { once } from '../contract/once.js';
import { SHAPES } from '../service/shapes.js';
import type { Store } from '../store/store.js';
import { TypedStore, typed } from '../store/typed.js';

/** A store that is opened on first use and closed once; afterwards it is ABORTED. */
export class OpenedStore {
  readonly #open: () => Promise<Store>;
  #used = false;
  #closed = false;

  constructor(open: () => Promise<Store>) {
    this.#open = once(() => typed(async () => new TypedStore(await open(), SHAPES)));
  }

  async get(): Promise<Store> {
    if (this.#closed) throw failure('ABORTED', 'The classifier was disposed of; make a new one.');
    this.#used = true;
    return this.#open();
  }

  async close(): Promise<void> {
    this.#closed = true;
    if (!this.#used) return;
    // One that could not be opened need not be closed.
    const store = await this.#open().catch(() => undefined);
    await store?.close();
  }
}
