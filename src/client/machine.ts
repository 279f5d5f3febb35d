/** What a machine has to run a model with. */
export interface Machine {
  readonly cores: number;
  /** Gigabytes. */
  readonly memory: number;
  /** Whether a worker may have threads of its own. */
  readonly threads: boolean;
}

/** How a machine is divided. */
export interface Division {
  /** Workers that a batch is spread over. */
  readonly concurrency: number;
  /** Threads of each. */
  readonly threads: number;
}

/** More threads than this gain little on a model of this size, and more workers little that memory is worth. */
const MOST = 4;

/**
 * Divides a machine among workers and their threads, as far as nobody said how.
 *
 * A worker has as many threads as help. There is a second one only where all of them take no more than half of the cores and
 * each has two gigabytes: the other half is the page's, the system's and that of what reads files.
 */
export function divide({ cores, memory, threads }: Machine, wanted: Partial<Record<keyof Division, number>>): Division {
  const most = threads ? Math.min(MOST, cores) : 1;
  const shared = wanted.concurrency === undefined ? most : within(cores / wanted.concurrency, most);
  const each = wanted.threads ?? shared;
  const concurrency = wanted.concurrency ?? within(Math.min(cores / (2 * each), memory / 2), MOST);
  return { concurrency, threads: each };
}

const within = (count: number, most: number): number => Math.max(1, Math.min(most, Math.floor(count)));
