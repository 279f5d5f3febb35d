import { Tokenizer } from '@huggingface/tokenizers';
import { failure } from '../../contract/errors.js';
import { LIMITS } from '../../contract/limits.js';
import { pause } from '../pause.js';
import { words } from './words.js';

/** A text as token ids, special tokens left out, with the word that each came from. */
export interface Tokens {
  readonly ids: Int32Array;
  /** UTF-16 offset of each token's word. */
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
}

/** Words between two looks at the abort signal. */
const STRIDE = 50_000;
/** Words whose ids are remembered. */
const CACHE = 20_000;

/** Turns text into the ids that the model was trained on. */
export class TokenSource {
  readonly #tokenizer: Tokenizer;
  readonly #cache = new Map<string, readonly number[]>();
  /** Ids that open and close a window. */
  readonly open: number;
  readonly close: number;
  readonly pad: number;

  constructor(file: Uint8Array) {
    this.#tokenizer = new Tokenizer(JSON.parse(new TextDecoder().decode(file)), {});
    this.open = this.#id('[CLS]');
    this.close = this.#id('[SEP]');
    this.pad = this.#id('[PAD]');
  }

  /** Rejects with VALIDATION_ERROR, naming the field, when the text has more tokens than the contract allows. */
  async read(text: string, signal: AbortSignal, field = 'text'): Promise<Tokens> {
    const ids: number[] = [];
    const starts: number[] = [];
    const ends: number[] = [];
    let count = 0;
    for (const word of words(text)) {
      for (const id of this.#word(word.text)) {
        ids.push(id);
        starts.push(word.start);
        ends.push(word.end);
      }
      if (ids.length > LIMITS.tokens) {
        const limit = LIMITS.tokens.toLocaleString('en');
        throw failure('VALIDATION_ERROR', `${field} has more than ${limit} tokens; split it.`, { field });
      }
      if (++count % STRIDE === 0) await pause(signal);
    }
    return { ids: Int32Array.from(ids), starts: Uint32Array.from(starts), ends: Uint32Array.from(ends) };
  }

  #word(word: string): readonly number[] {
    const known = this.#cache.get(word);
    if (known) return known;
    const { ids } = this.#tokenizer.encode(word, { add_special_tokens: false });
    if (this.#cache.size >= CACHE) this.#cache.clear();
    if (word.length <= 40) this.#cache.set(word, ids);
    return ids;
  }

  #id(token: string): number {
    const id = this.#tokenizer.token_to_id(token);
    if (id === undefined) throw failure('MODEL_UNAVAILABLE', `The tokenizer has no ${token}.`);
    return id;
  }
}
