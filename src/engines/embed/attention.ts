import type { Attended } from './head.js';

/**
 * A softmax over tokens that come in any number of windows, one a label, in memory that does not grow.
 *
 * Keeps the running maximum `m`, `Σ exp(e − m)` and `Σ exp(e − m)·u` (Milakov and Gimelshein 2018,
 * "Online normalizer calculation for softmax").
 */
export class OnlineAttention {
  readonly #labels: number;
  readonly #top: Float64Array;
  readonly #mass: Float64Array;
  readonly #sum: Float64Array;

  constructor(labels: number) {
    this.#labels = labels;
    this.#top = new Float64Array(labels).fill(Number.NEGATIVE_INFINITY);
    this.#mass = new Float64Array(labels);
    this.#sum = new Float64Array(labels);
  }

  /** Adds tokens `from` to `to` (exclusive) of the attended array, counted over all rows. */
  add({ attention, value }: Attended, from: number, to: number): void {
    const labels = this.#labels;
    for (let l = 0; l < labels; l++) {
      let top = this.#top[l] ?? 0;
      for (let t = from; t < to; t++) top = Math.max(top, attention[t * labels + l] ?? 0);
      const shrink = Math.exp((this.#top[l] ?? 0) - top);
      let mass = (this.#mass[l] ?? 0) * shrink || 0;
      let sum = (this.#sum[l] ?? 0) * shrink || 0;
      for (let t = from; t < to; t++) {
        const weight = Math.exp((attention[t * labels + l] ?? 0) - top);
        mass += weight;
        sum += weight * (value[t * labels + l] ?? 0);
      }
      this.#top[l] = top;
      this.#mass[l] = mass;
      this.#sum[l] = sum;
    }
  }

  /** The attended value of a label; 0 when no token came. */
  value(label: number): number {
    const mass = this.#mass[label] ?? 0;
    return mass === 0 ? 0 : (this.#sum[label] ?? 0) / mass;
  }

  /** Log of the summed weights of a label's tokens; −∞ when no token came. */
  logMass(label: number): number {
    const mass = this.#mass[label] ?? 0;
    return mass === 0 ? Number.NEGATIVE_INFINITY : (this.#top[label] ?? 0) + Math.log(mass);
  }
}
