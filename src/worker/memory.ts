import type { Memory } from '../engines/engine.js';
import { unpack } from '../service/cache/packed.js';
import type { Computed, KeptVectors } from '../service/cache/vectors.js';

/** Milliseconds after which what is used is kept anew, so that it counts as used. */
const DAY = 24 * 60 * 60 * 1000;

/** What the caller's store has of labels, and what it lacks. */
export class LabelMemory implements Memory {
  #kept: KeptVectors = {};
  #computed: Record<string, Float32Array> = {};

  /** What was computed in an earlier page or process. */
  restore(kept: KeptVectors): void {
    this.#kept = kept;
  }

  find(key: string, length: number): Float32Array | undefined {
    const kept = Object.hasOwn(this.#kept, key) ? this.#kept[key] : undefined;
    const numbers = kept && unpack(kept.vector, length);
    if (numbers && Date.now() - kept.at > DAY) this.add(key, numbers);
    return numbers;
  }

  add(key: string, numbers: Float32Array): void {
    this.#computed[key] = numbers;
  }

  /** What was computed since this was asked last. */
  take(): Computed {
    const computed = this.#computed;
    this.#computed = {};
    return computed;
  }
}
