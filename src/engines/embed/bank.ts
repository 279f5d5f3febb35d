import type { Label } from '../../contract/task.js';
import { normalise, prototype, weightedSum } from '../../decide/prototype.js';
import type { BankRequest, Effort, LabelBank } from '../engine.js';
import type { EmbedModel } from '../manifest.js';
import type { Head } from './head.js';
import { stack } from './matrix.js';
import { NeutralScores } from './neutral.js';
import type { Reader } from './reader.js';
import { VectorCache } from './vectors.js';
import { wordings } from './wording.js';

/** Vectors of labels, descriptions and examples that are remembered: 15 MB at 384 dimensions. */
const REMEMBERED = 10_000;
/** Neutral texts are read for every later call too, so no caller's signal may stop that. */
const UNHURRIED: Effort = { signal: new AbortController().signal };

/** Labels as one model sees them. */
export interface EmbedBank extends LabelBank {
  /** Label vectors of length 1, `[labels, dimensions]`. */
  readonly vectors: Float32Array;
}

/** Makes label banks; each sentence, example and prior is computed once and then remembered by its content. */
export class BankSource {
  readonly #spec: EmbedModel;
  readonly #reader: Reader;
  readonly #vectors = new VectorCache(REMEMBERED);
  readonly #neutral: NeutralScores;

  constructor(spec: EmbedModel, reader: Reader, head: Head) {
    this.#spec = spec;
    this.#reader = reader;
    this.#neutral = new NeutralScores(head, spec.mix, () => reader.states(spec.neutral, UNHURRIED), REMEMBERED);
  }

  async get(labels: readonly Label[], how: BankRequest): Promise<EmbedBank> {
    const { textType, priors } = how;
    const tokens = await this.#count(labels, how);
    const { wording, examples } = this.#spec;
    const sentences = labels.map((label) => wordings(label, textType, wording));
    const texts = [...sentences.flat(), ...labels.flatMap((label) => label.examples)];
    const known = await this.#vectors.get(texts, (missing) => this.#reader.embed(missing, how));
    const find = (text: string) => known.get(text) as Float32Array;
    const rows = labels.map((label, l) => {
      const named = normalise(weightedSum((sentences[l] ?? []).map(find)));
      return prototype(named, label.examples.map(find), examples.label_weight);
    });
    const keys = labels.map((label) => JSON.stringify([label.name, label.description, label.examples, textType]));
    return {
      labels,
      vectors: stack(rows),
      priors: priors ? await this.#neutral.get(keys, rows, how.signal) : new Float32Array(rows.length),
      tokens,
    };
  }

  /** Tokens of everything said about the labels; comes first, because it refuses what is too long by its field. */
  async #count(labels: readonly Label[], { textType = '', signal }: BankRequest): Promise<number> {
    const texts = labels.flatMap(({ name, description = '', examples }) => [
      ['labels', name] as const,
      ['descriptions', description] as const,
      ...examples.map((example) => ['examples', example] as const),
    ]);
    let count = 0;
    for (const [field, text] of [...texts, ['text_type', textType] as const]) {
      count += (await this.#reader.tokens.read(text, signal, field)).ids.length;
    }
    return count;
  }
}
