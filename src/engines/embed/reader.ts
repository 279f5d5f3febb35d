import type { Effort } from '../engine.js';
import type { EmbedModel } from '../manifest.js';
import type { Encoder } from './encoder.js';
import { ReadingState } from './reading.js';
import { type Scanned, scan } from './scan.js';
import type { TokenSource, Tokens } from './tokens.js';

/** Texts into hidden states, with one model's tokenizer, encoder and window. */
export class Reader {
  readonly tokens: TokenSource;
  readonly #encoder: Encoder;
  readonly #shape: EmbedModel['encoder'];

  constructor(tokens: TokenSource, encoder: Encoder, shape: EmbedModel['encoder']) {
    this.tokens = tokens;
    this.#encoder = encoder;
    this.#shape = shape;
  }

  /** Every window of every text, batch by batch; with hidden states only if asked for. */
  scan(texts: readonly Tokens[], how: Effort & { states: boolean; budget?: number }): AsyncGenerator<Scanned[]> {
    const { window, overlap } = this.#shape;
    return scan(texts, this.#encoder, this.tokens, { ...how, size: window - 2, overlap });
  }

  /** Vectors of whole texts, of length 1. */
  async embed(texts: readonly string[], { signal }: Effort): Promise<Float32Array[]> {
    const tokens = await Promise.all(texts.map((text) => this.tokens.read(text, signal)));
    const states = texts.map(() => new ReadingState(this.#shape.dimensions, 0));
    for await (const batch of this.scan(tokens, { signal, states: false })) {
      for (const scanned of batch) states[scanned.window.text]?.add(scanned);
    }
    return states.map((state) => state.vector());
  }

  /** Hidden states of a few short texts, kept whole, batch by batch. */
  async states(texts: readonly string[], effort: Effort): Promise<Scanned[][]> {
    const tokens = await Promise.all(texts.map((text) => this.tokens.read(text, effort.signal)));
    const batches: Scanned[][] = [];
    for await (const batch of this.scan(tokens, { ...effort, states: true })) batches.push(batch);
    return batches;
  }
}
