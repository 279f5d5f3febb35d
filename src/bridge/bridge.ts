import * as Comlink from 'comlink';
import { abandoned, failure } from '../contract/errors.js';
import { type ErrorBody, errorFromBody, errorToBody } from '../contract/wire.js';

/** What a method on the far side gets besides its argument. */
export interface FarContext {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: unknown) => void;
}

/** The methods that a worker offers: each takes one cloneable value and answers one. */
export type Methods = Record<string, (argument: never, context: FarContext) => Promise<unknown>>;

/** What a call on the near side takes along. */
export interface NearContext {
  readonly signal?: AbortSignal | undefined;
  // biome-ignore lint/suspicious/noExplicitAny: each method has a progress type of its own.
  readonly onProgress?: ((progress: any) => void) | undefined;
  /** Buffers that move to the other side instead of being copied. */
  readonly transfer?: Transferable[];
}

type Settled = { ok: true; value: unknown } | { ok: false; error: ErrorBody };

interface Far {
  call(id: number, method: string, argument: unknown): Promise<Settled>;
  abort(id: number): void;
}

/** Progress goes past comlink, which would open a channel for every callback. */
interface ProgressMessage {
  progress: number;
  value: unknown;
}

/** One end of a message channel: comlink's own type, written out so that ours need not import it. */
export interface Endpoint {
  postMessage(message: unknown, transfer?: Transferable[]): void;
  addEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: object): void;
  removeEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: object): void;
  start?: () => void;
}

/** Milliseconds in which a living worker confirms that it was told to stop. */
const CONFIRM = 20_000;

/** Serves methods to the other side of an endpoint. */
export function expose(methods: Methods, endpoint: Endpoint): void {
  const running = new Map<number, AbortController>();
  const far: Far = {
    async call(id, method, argument) {
      const controller = new AbortController();
      running.set(id, controller);
      try {
        const run = methods[method];
        if (!run) throw failure('INTERNAL', `The worker has no method ${method}.`);
        const onProgress = (value: unknown) => endpoint.postMessage({ progress: id, value } satisfies ProgressMessage);
        const value = await run(argument as never, { signal: controller.signal, onProgress });
        return { ok: true, value };
      } catch (error) {
        return { ok: false, error: errorToBody(error) };
      } finally {
        running.delete(id);
      }
    },
    abort: (id) => running.get(id)?.abort(failure('ABORTED', 'The call was abandoned.')),
  };
  Comlink.expose(far, endpoint);
}

/** The near side of an endpoint: calls that always settle. */
export class Connection {
  readonly #far: Comlink.Remote<Far>;
  readonly #endpoint: Endpoint;
  readonly #waiting = new Map<number, { reject: (error: unknown) => void; onProgress: NearContext['onProgress'] }>();
  readonly #listener = (event: Event) => this.#progress(event as MessageEvent);
  /** Clocks of aborts that the other side has not confirmed. */
  readonly #unconfirmed = new Set<ReturnType<typeof setTimeout>>();
  #next = 0;
  readonly #onSilent: () => void;
  #lost: unknown;

  /** `onSilent` is told when the other side does not even confirm an abort. */
  constructor(endpoint: Endpoint, onSilent: () => void = () => undefined) {
    this.#endpoint = endpoint;
    this.#onSilent = onSilent;
    this.#far = Comlink.wrap<Far>(endpoint);
    endpoint.addEventListener('message', this.#listener);
  }

  /** Calls in flight. */
  get pending(): number {
    return this.#waiting.size;
  }

  /**
   * Calls a method of the other side.
   *
   * Rejects with the far error, class and code restored; with the signal's reason as `cause` of ABORTED;
   * or with what `lose` was told, when the other side died.
   */
  call<Result>(method: string, argument: unknown, context: NearContext = {}): Promise<Result> {
    const { signal, onProgress, transfer = [] } = context;
    if (this.#lost) return Promise.reject(this.#lost);
    if (signal?.aborted) return Promise.reject(abandoned(signal));
    const id = this.#next++;
    return new Promise<Result>((resolve, reject) => {
      this.#waiting.set(id, { reject, onProgress });
      const onAbort = () => {
        this.#abort(id);
        finish(() => reject(abandoned(signal as AbortSignal)));
      };
      const finish = (settle: () => void) => {
        signal?.removeEventListener('abort', onAbort);
        this.#waiting.delete(id);
        settle();
      };
      signal?.addEventListener('abort', onAbort);
      this.#far
        .call(id, method, transfer.length > 0 ? Comlink.transfer(argument, transfer) : argument)
        .then((settled: Settled) =>
          finish(() => (settled.ok ? resolve(settled.value as Result) : reject(errorFromBody(settled.error)))),
        )
        .catch((error: unknown) => finish(() => reject(error)));
    });
  }

  /** Rejects every call in flight and every later one: the other side is gone. */
  lose(error: unknown): void {
    this.#lost ??= error;
    this.#endpoint.removeEventListener('message', this.#listener);
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
    for (const silent of this.#unconfirmed) clearTimeout(silent);
  }

  #abort(id: number): void {
    const silent = setTimeout(() => this.#onSilent(), CONFIRM);
    this.#unconfirmed.add(silent);
    const confirmed = () => {
      clearTimeout(silent);
      this.#unconfirmed.delete(silent);
    };
    this.#far.abort(id).then(confirmed, confirmed);
  }

  #progress({ data }: MessageEvent): void {
    const { progress, value } = (data ?? {}) as Partial<ProgressMessage>;
    if (typeof progress === 'number') this.#waiting.get(progress)?.onProgress?.(value);
  }
}
