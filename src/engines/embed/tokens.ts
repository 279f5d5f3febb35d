import { Tokenizer } from '@huggingface/tokenizers';
import { isBlank } from '../../contract/checks.js';
import { asClasserError, type ClasserError, failure, invalid } from '../../contract/errors.js';
import { LIMITS } from '../../contract/limits.js';
import type { Effort } from '../engine.js';
import { turns } from '../turns.js';
import { Numbers } from './numbers.js';
import { type Split, type Word, words } from './words.js';

/** A text as token ids, special tokens left out, with the word that each came from. */
export interface Tokens {
  readonly ids: Uint32Array;
  /** UTF-16 offset of each token's word. */
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
}

/** Words, of whatever texts, after which others have their turn: some 20 milliseconds. */
const STRIDE = 5000;
/** Words whose ids are remembered. */
const CACHE = 20_000;

/** Turns text into the ids that the model was trained on. */
export class TokenSource {
  readonly #tokenizer: Tokenizer;
  #words = 0;
  readonly #cache = new Map<string, readonly number[]>();
  readonly #split: (text: string) => Iterable<Word>;
  /** Ids that stand before and behind the text in each window. */
  readonly open: readonly number[];
  readonly close: readonly number[];
  readonly pad: number;

  /**
   * `file` is a tokenizer.json, of any kind where `runs` is given and else BERT's; `prefix` stands before every text,
   * and is none of its tokens.
   */
  constructor(file: Uint8Array, prefix = '', runs?: Split) {
    const { tokenizer, json } = open(file);
    this.#tokenizer = tokenizer;
    const around = this.#encode('a', true);
    const bare = this.#encode('a', false);
    const at = around.findIndex((_, i) => bare.every((id, j) => around[i + j] === id));
    this.open = [...around.slice(0, at), ...(prefix === '' ? [] : this.#encode(prefix.trimEnd(), false))];
    this.close = around.slice(at + bare.length);
    this.pad = this.#pad(json);
    const kind = JSON.stringify(json.pre_tokenizer ?? null);
    const others = runs && !kind.includes('"BertPreTokenizer"');
    this.#split = others ? (text) => runs(text, !/"Whitespace(Split)?"/.test(kind), prefix !== '') : words;
  }

  /** Tokens of a window that are none of the text's. */
  get frame(): number {
    return this.open.length + this.close.length;
  }

  /** Ids that stand between two texts that are read together. */
  get between(): readonly number[] {
    const one = this.#encode('a', false);
    const both = this.#tokenizer.encode('a', { text_pair: 'a', add_special_tokens: true }).ids;
    return both.slice(this.open.length + one.length, both.length - this.close.length - one.length);
  }

  /** The id of a token; undefined where there is none such. */
  id(token: string): number | undefined {
    return this.#tokenizer.token_to_id(token);
  }

  /** The ids of a short text, special tokens included. */
  sentence(text: string): number[] {
    return this.#encode(text, true);
  }

  /** The tokens of texts, or for each the error that stands in the place of its answer. */
  async readTexts(texts: readonly string[], effort: Effort): Promise<(Tokens | ClasserError)[]> {
    const read: (Tokens | ClasserError)[] = [];
    for (const text of texts) read.push(await this.#readText(text, effort));
    return read;
  }

  /** The tokens of texts, all of which must be good. */
  async readAll(texts: readonly string[], effort: Effort): Promise<Tokens[]> {
    const read: Tokens[] = [];
    for (const text of texts) read.push(await this.read(text, effort));
    return read;
  }

  async #readText(text: string, effort: Effort): Promise<Tokens | ClasserError> {
    if (isBlank(text)) return invalid('text', 'text is empty.');
    try {
      return await this.read(text, effort);
    } catch (error) {
      effort.signal.throwIfAborted();
      return asClasserError(error);
    }
  }

  /** Rejects with VALIDATION_ERROR, naming the field, when the text has more tokens than the contract allows. */
  async read(text: string, effort: Effort, field = 'text'): Promise<Tokens> {
    const [ids, starts, ends] = [new Numbers(), new Numbers(), new Numbers()];
    for (const word of this.#split(text)) {
      for (const id of this.#word(word.text)) {
        ids.push(id);
        starts.push(word.start);
        ends.push(word.end);
      }
      if (ids.length > LIMITS.tokens) {
        const limit = LIMITS.tokens.toLocaleString('en');
        throw failure('VALIDATION_ERROR', `${field} has more than ${limit} tokens; split it.`, { field });
      }
      if (++this.#words % STRIDE === 0) await turns.giveWay(effort);
    }
    return { ids: ids.joined(), starts: starts.joined(), ends: ends.joined() };
  }

  #word(word: string): readonly number[] {
    const known = this.#cache.get(word);
    if (known) return known;
    const ids = this.#encode(word, false);
    if (this.#cache.size >= CACHE) this.#cache.clear();
    if (word.length <= 40) this.#cache.set(word, ids);
    return ids;
  }

  #encode(text: string, withSpecial: boolean): number[] {
    return this.#tokenizer.encode(text, { add_special_tokens: withSpecial }).ids;
  }

  /** What fills a row up is masked, so that any id will do where none is named. */
  #pad({ padding }: TokenizerFile): number {
    const named = ['[PAD]', '<pad>'].map((token) => this.#tokenizer.token_to_id(token));
    return padding?.pad_id ?? named.find((id) => id !== undefined) ?? 0;
  }
}

/** A tokenizer.json's fields that are looked at here. */
interface TokenizerFile {
  readonly padding?: { readonly pad_id?: number } | null;
  readonly pre_tokenizer?: unknown;
}

function open(file: Uint8Array): { tokenizer: Tokenizer; json: TokenizerFile } {
  try {
    const json = JSON.parse(new TextDecoder().decode(file));
    return { tokenizer: new Tokenizer(json, {}), json };
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw failure('MODEL_UNAVAILABLE', `tokenizer.json cannot be used: ${why}`, undefined, cause);
  }
}
