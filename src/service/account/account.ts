import type { Store } from '../../store/store.js';
import { type LogPage, type LogRange, readLogs } from './logs.js';
import type { Recorder } from './recorder.js';
import { readUsage, type Usage, type UsageRange } from './usage.js';

/** What is left to spend; local use costs nothing. */
export interface Balance {
  plan: 'local';
  unlimited: true;
  /** Always null: nothing is counted down. */
  balance: null;
  currency: 'USD';
  message: string;
}

/** What was asked of a classifier, and what it cost. */
export class Account {
  readonly #store: () => Promise<Store>;
  readonly #recorder: Recorder;

  constructor(store: () => Promise<Store>, recorder: Recorder) {
    this.#store = store;
    this.#recorder = recorder;
  }

  async balance(): Promise<Balance> {
    return { plan: 'local', unlimited: true, balance: null, currency: 'USD', message: 'Local use is free.' };
  }

  async usage(range?: UsageRange): Promise<Usage> {
    await this.#recorder.flush();
    return readUsage(await this.#store(), range);
  }

  async logs(range?: LogRange): Promise<LogPage> {
    await this.#recorder.flush();
    return readLogs(await this.#store(), range);
  }
}
