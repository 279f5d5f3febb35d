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
    return scan(texts, this.#encoder, this.tokens, { ...how, size: window - this.tokens.frame, overlap });
  }

  /** Vectors of whole texts, of length 1. */
  async embed(texts: readonly string[], { signal, urgency }: Effort): Promise<Float32Array[]> {
    const tokens = await this.tokens.readAll(texts, { signal, urgency });
    const states = texts.map(() => new ReadingState(this.#shape.dimensions, 0));
    for await (const batch of this.scan(tokens, { signal, urgency, states: false })) {
      for (const scanned of batch) states[scanned.window.text]?.add(scanned);
    }
    return states.map((state) => state.vector());
  }

  /** The windows of a few texts with their hidden states, text by text, to be kept: each holds its own numbers alone. */
  async states(texts: readonly string[], effort: Effort): Promise<Scanned[][]> {
    const tokens = await this.tokens.readAll(texts, effort);
    const kept: Scanned[][] = texts.map(() => []);
    for await (const batch of this.scan(tokens, { ...effort, states: true })) {
      for (const scanned of batch) {
        kept[scanned.window.text]?.push(alone(scanned, this.tokens.frame, this.#shape.dimensions));
      }
    }
    return kept;
  }
}

/** A window with a copy of its own row, without the padding. */
function alone({ window, encoded, row, lead }: Scanned, frame: number, depth: number): Scanned {
  const width = window.end - window.start + frame;
  const from = row * encoded.width * depth;
  return {
    window,
    row: 0,
    lead,
    encoded: {
      states: encoded.states.slice(from, from + width * depth),
      pooled: encoded.pooled.slice(row * depth, (row + 1) * depth),
      rows: 1,
      width,
    },
  };
}
