import { URGENCIES, type Urgency } from '../contract/task.js';
import type { Effort } from './engine.js';
import { pause } from './pause.js';

const NEVER = new AbortController().signal;

/**
 * Runs one thing at a time, the most urgent first.
 *
 * While a call is under way, less urgent ones wait, also between its runs: it waits for no more than what already runs
 * when it comes. What urgent calls wait for together must be as urgent as they are.
 */
export class Turns {
  readonly #calls = URGENCIES.map(() => 0);
  readonly #waiting = URGENCIES.map((): (() => void)[] => []);
  #busy = false;
  #choosing = false;

  /** A call that is under way until `answer` settles. */
  async during<Result>(urgency: Urgency, answer: () => Promise<Result>): Promise<Result> {
    const rank = URGENCIES.indexOf(urgency);
    this.#count(rank, 1);
    return answer().finally(() => {
      this.#count(rank, -1);
      void this.#choose();
    });
  }

  /** Runs once nothing else does and nobody more urgent is under way; rejects where it was abandoned meanwhile. */
  async take<Result>({ signal, urgency }: Effort, run: () => Promise<Result>): Promise<Result> {
    const rank = URGENCIES.indexOf(urgency);
    if (this.#busy || this.#next !== -1 || this.#isOvertaken(rank)) await this.#turn(rank);
    this.#busy = true;
    try {
      signal.throwIfAborted();
      return await run();
    } finally {
      this.#busy = false;
      void this.#choose();
    }
  }

  /** Lets messages in, such as an abort, and then whoever is more urgent. */
  async giveWay(effort: Effort): Promise<void> {
    await pause(effort.signal);
    if (this.#isOvertaken(URGENCIES.indexOf(effort.urgency))) await this.take(effort, async () => undefined);
  }

  #turn(rank: number): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting[rank]?.push(resolve);
      void this.#choose();
    });
  }

  async #choose(): Promise<void> {
    if (this.#busy || this.#choosing || this.#next === -1) return;
    this.#choosing = true;
    // What was sent during the last run is heard first: an abort, or a call that is more urgent.
    await pause(NEVER);
    this.#choosing = false;
    const next = this.#next;
    if (this.#busy || next === -1 || this.#isOvertaken(next)) return;
    this.#busy = true;
    this.#waiting[next]?.shift()?.();
  }

  /** The most urgent rank of those that wait, or -1. */
  get #next(): number {
    return this.#waiting.findIndex((one) => one.length > 0);
  }

  #isOvertaken(rank: number): boolean {
    return this.#calls.some((count, other) => count > 0 && other < rank);
  }

  #count(rank: number, change: number): void {
    this.#calls[rank] = (this.#calls[rank] ?? 0) + change;
  }
}

/** Those of this thread: its engines share a runtime. */
export const turns = new Turns();
