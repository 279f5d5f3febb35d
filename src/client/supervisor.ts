import { Connection, type NearContext } from '../bridge/bridge.js';
import { Deadline } from '../contract/deadline.js';
import { asClasserError, ClasserError, failure } from '../contract/errors.js';
import type { Progress } from '../contract/types.js';
import type { Device } from '../engines/device.js';
import type { ModelVectors } from '../service/cache/vectors.js';
import type { LoadOptions } from '../worker/settings.js';
import type { Platform, WorkerHandle } from './platform.js';

/** Seconds in which a worker must give its first sign of life: its script has to be fetched. */
const STARTED = 20;
/** Seconds without a byte after which loading the model counts as stuck. */
const STALLED = 60;

/** What a worker is started with. */
export interface WorkerSettings {
  readonly assets: string | undefined;
  readonly load: LoadOptions | (() => Promise<LoadOptions>);
  readonly device?: Device;
  /** What is known of labels. */
  readonly vectors?: ModelVectors | undefined;
  /** Told when its worker died, or was given up, without having been told to. */
  readonly onLost?: (why: string) => void;
}

export interface Waiting {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

interface Live {
  readonly handle: WorkerHandle;
  readonly connection: Connection;
  readonly opened: Promise<void>;
  isOpen: boolean;
  readonly listeners: Set<(progress: Progress) => void>;
}

/**
 * Keeps one worker: starts it on first use, replaces it after it died or failed to open.
 *
 * Every promise it hands out settles, whatever happens to the worker.
 */
export class Supervisor {
  readonly #platform: Platform;
  readonly #settings: WorkerSettings;
  #live: Live | undefined;
  #holders = 0;
  #disposed = false;
  #resting = false;

  constructor(platform: Platform, settings: WorkerSettings) {
    this.#platform = platform;
    this.#settings = settings;
  }

  /** Resolves when the model can answer. Giving up waiting does not stop it from loading for others. */
  async ready({ signal, onProgress }: Waiting = {}): Promise<void> {
    await this.#held(() => this.#opened(signal, onProgress));
  }

  /** Calls a method of the opened worker; `deadline` starts when the model is loaded. */
  call<Result>(method: string, argument: unknown, context: NearContext, seconds: number): Promise<Result> {
    return this.#held(async () => {
      const live = await this.#opened(context.signal, context.onProgress);
      const deadline = new Deadline(seconds, context.signal);
      const call = live.connection.call<Result>(method, argument, { ...context, signal: deadline.signal });
      return await call.finally(() => deadline.stop());
    });
  }

  /** Ends the worker and rejects what was in flight. */
  dispose(): void {
    this.#disposed = true;
    if (this.#live) this.#end(this.#live, failure('ABORTED', 'The classifier was disposed of.'));
  }

  /** Rejects what is in flight with WORKER_LOST and ends the worker; the next call gets a fresh one. */
  lose(why: string): void {
    if (this.#live) this.#lose(this.#live, why);
  }

  /** Ends the worker as soon as nothing runs on it; the next call gets a fresh one. */
  rest(): void {
    this.#resting = true;
    if (this.#holders === 0) this.#retire();
  }

  /** Throws once `dispose` was called. */
  refuseDisposed(): void {
    if (this.#disposed) throw failure('ABORTED', 'The classifier was disposed of; make a new one.');
  }

  async #opened(signal: AbortSignal | undefined, onProgress: Waiting['onProgress']): Promise<Live> {
    this.refuseDisposed();
    this.#resting = false;
    this.#live ??= this.#start();
    const live = this.#live;
    if (live.isOpen && !signal?.aborted) return live;
    if (onProgress) live.listeners.add(onProgress);
    const wait = new Deadline(Number.POSITIVE_INFINITY, signal);
    try {
      await wait.before(live.opened);
    } finally {
      wait.stop();
      if (onProgress) live.listeners.delete(onProgress);
    }
    return live;
  }

  #start(): Live {
    const { assets, load, device, vectors } = this.#settings;
    const handle = startWorker(this.#platform, assets, device);
    const listeners = new Set<(progress: Progress) => void>();
    const lose = (why: string) => this.#lose(live, why);
    const connection = new Connection(handle.endpoint, () => lose('it stopped answering.'));
    handle.onDeath(lose);
    const stalled = new Deadline(STARTED, undefined, stuck);
    const onProgress = (progress: Progress) => {
      stalled.restart(STALLED);
      for (const listener of listeners) listener(progress);
    };
    const open = (options: LoadOptions) =>
      connection.call<void>('open', options, { signal: stalled.signal, onProgress });
    const opened = (typeof load === 'function' ? load().then(open) : open(load))
      .catch((error: unknown) => {
        // A worker that failed to open may be poisoned: the next call gets a fresh one.
        this.#end(live, asClasserError(error));
        throw error;
      })
      .finally(() => stalled.stop());
    // The model takes longer to load than this to be read; where it does not, only later calls have it.
    vectors
      ?.read()
      .then((kept) => connection.call('restore', kept))
      .catch(() => undefined);
    // Whoever waits hears of the failure; nobody need be waiting.
    opened.then(
      () => {
        live.isOpen = true;
      },
      () => undefined,
    );
    const live: Live = { handle, connection, opened, isOpen: false, listeners };
    return live;
  }

  #lose(live: Live, why: string): void {
    this.#end(live, failure('WORKER_LOST', `The worker was lost: ${why} Call again.`));
    this.#settings.onLost?.(why);
  }

  #retire(): void {
    if (this.#live) this.#end(this.#live, failure('INTERNAL', 'The worker had been sent to rest.'));
  }

  #end(live: Live, error: Error): void {
    live.connection.lose(error);
    live.handle.terminate();
    if (this.#live === live) this.#live = undefined;
  }

  /** Keeps the process alive while something runs, and only then. */
  async #held<Result>(run: () => Promise<Result>): Promise<Result> {
    this.#holders++;
    try {
      const result = run();
      this.#live?.handle.hold(true);
      return await result;
    } finally {
      if (--this.#holders === 0) {
        this.#live?.handle.hold(false);
        if (this.#resting) this.#retire();
      }
    }
  }
}

/** Starts a worker; throws MODEL_UNAVAILABLE where the platform cannot. */
export function startWorker(platform: Platform, assets: string | undefined, device?: Device): WorkerHandle {
  try {
    return platform.start(assets, device);
  } catch (cause) {
    if (ClasserError.is(cause)) throw cause;
    const why = cause instanceof Error ? cause.message : String(cause);
    throw failure('MODEL_UNAVAILABLE', `The worker could not be started: ${why}`, undefined, cause);
  }
}

const stuck = (seconds: number): ClasserError =>
  failure(
    'MODEL_UNAVAILABLE',
    `The model stopped loading: nothing came for ${seconds} seconds. Check the network; call again.`,
  );
