import type { Store } from '../../store/store.js';
import { Later } from '../later.js';
import type { LogEntry } from './entry.js';
import { addLogs } from './logs.js';
import { addUsage } from './usage.js';

/** Entries that are kept waiting where nothing can be written. */
const MOST = 10_000;

/** Writes what was asked into usage and logs, a little later and many at once; it never fails a request. */
export class Recorder {
  readonly #store: () => Promise<Store>;
  readonly #later = new Later(() => this.#write());
  #entries: LogEntry[] = [];

  constructor(store: () => Promise<Store>) {
    this.#store = store;
  }

  record(entry: LogEntry): void {
    if (this.#entries.length < MOST) this.#entries.push(entry);
    this.#later.soon();
  }

  /** Writes what is not written yet. */
  flush(): Promise<void> {
    return this.#later.flush();
  }

  async #write(): Promise<void> {
    const entries = this.#entries.splice(0);
    if (entries.length === 0) return;
    try {
      const store = await this.#store();
      await addUsage(store, entries);
      await addLogs(store, entries);
    } catch {
      // A disk that cannot be written is said where something has to be kept, such as a classifier.
    }
  }
}
