import { asClasserError } from '../../contract/errors.js';
import type { Method, Responses } from '../../service/response.js';
import { Breaker } from './breaker.js';
import { type FallbackEvent, type FallbackReason, SideFailure } from './failure.js';

/** One place that answers. */
export interface Side {
  readonly name: 'hosted' | 'local';
  ask<M extends Method>(method: M, request: unknown): Promise<Responses[M]>;
  /** What an error means for the other side: undefined when it is the request's own fault. */
  failureOf(error: unknown): SideFailure | undefined;
}

/** Asks one side, and the other one when that cannot answer. */
export class Fallback {
  readonly #first: Side;
  readonly #second: Side;
  readonly #tell: (event: FallbackEvent) => void;
  readonly #breaker = new Breaker();
  #last: FallbackReason = 'network';

  constructor(first: Side, second: Side, tell: (event: FallbackEvent) => void) {
    this.#first = first;
    this.#second = second;
    this.#tell = tell;
  }

  async ask<M extends Method>(method: M, request: unknown): Promise<Responses[M]> {
    if (!this.#breaker.closed) return this.#other(method, request, undefined);
    try {
      const answer = await this.#first.ask(method, request);
      this.#breaker.succeeded();
      return answer;
    } catch (thrown) {
      const failed = this.#first.failureOf(thrown);
      if (!failed) {
        // It answered, if only to refuse; an abort says nothing.
        if (asClasserError(thrown).code === 'ABORTED') this.#breaker.passed();
        else this.#breaker.succeeded();
        throw thrown;
      }
      if (failed.lasting) this.#breaker.failed(failed.wait);
      else this.#breaker.passed();
      this.#last = failed.reason;
      return this.#other(method, request, failed);
    }
  }

  #other<M extends Method>(method: M, request: unknown, failed: SideFailure | undefined): Promise<Responses[M]> {
    const [from, to] = [this.#first.name, this.#second.name];
    this.#tell({ from, to, reason: failed?.reason ?? this.#last, error: failed?.error });
    return this.#second.ask(method, request).catch((error: unknown) => {
      throw error instanceof SideFailure ? error.error : error;
    });
  }
}
