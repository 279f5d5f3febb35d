import type { Label } from '../../contract/task.js';
import type { Correction } from '../../decide/correction.js';
import { normalise, prototype, weightedSum } from '../../decide/prototype.js';
import type { BankRequest, Effort, LabelBank, Memory } from '../engine.js';
import { GOLDEN_LABELS } from '../golden.js';
import type { EmbedModel } from '../manifest.js';
import { wordings } from '../wording.js';
import { ContentCache } from './cache.js';
import { CorrectionSource } from './corrections.js';
import type { Looks } from './head.js';
import { stack } from './matrix.js';
import { NeutralScores } from './neutral.js';
import type { Reader } from './reader.js';
import { Recall } from './recall.js';
import { type LabelVectors, type Scorer, stackLabels } from './scorer.js';

/** Vectors of labels, descriptions and examples that are remembered: 15 MB at 384 dimensions. */
const REMEMBERED = 10_000;
/** Labels of whole banks that are remembered: 5 MB at 384 dimensions. */
const BANKED = 1000;
/** Neutral texts are read for every later call too, so no caller's signal may stop that, and nobody is held up by it. */
const UNHURRIED: Effort = { signal: new AbortController().signal, urgency: 'interactive' };

/** Labels as one model sees them. */
export interface EmbedBank extends LabelBank, LabelVectors {
  /** What examples teach about labels that exclude one another. */
  readonly correction: Correction | undefined;
}

/** Makes label banks; each sentence, example and prior is computed once and then remembered by its content. */
export class BankSource {
  readonly #spec: EmbedModel;
  readonly #reader: Reader;
  readonly #scorer: Scorer;
  readonly #vectors = new ContentCache<Float32Array>(REMEMBERED);
  readonly #looks = new ContentCache<Looks>(REMEMBERED / 2);
  readonly #banks = new ContentCache<EmbedBank>(BANKED, ({ labels }) => labels.length);
  readonly #neutral: NeutralScores;
  readonly #corrections: CorrectionSource;
  readonly #alone: boolean;

  /** `alone`: whether a text's vector is the same whatever it is read with. */
  constructor(spec: EmbedModel, reader: Reader, scorer: Scorer, alone: boolean) {
    this.#alone = alone;
    this.#spec = spec;
    this.#reader = reader;
    this.#scorer = scorer;
    this.#neutral = new NeutralScores(scorer, () => reader.states(spec.neutral, UNHURRIED), REMEMBERED);
    this.#corrections = new CorrectionSource(reader, scorer, spec.calibration, spec.examples);
  }

  /** The bank of the labels: putting 200 remembered ones together takes longer than scoring a text against them. */
  async get(labels: readonly Label[], how: BankRequest): Promise<EmbedBank> {
    const key = JSON.stringify([labels, how.textType, how.exclusive, how.priors]);
    const found = await this.#banks.get([key], async () => [await this.#make(labels, how)]);
    return found.get(key) as EmbedBank;
  }

  async #make(labels: readonly Label[], how: BankRequest): Promise<EmbedBank> {
    const { textType, exclusive } = how;
    const tokens = await this.#count(labels, how);
    const sentences = labels.map((label) => wordings(label, textType, this.#spec.wording));
    // Labels that exclude one another learn from examples together; any other moves towards its own.
    const moving = labels.map(({ examples }) => (exclusive ? [] : examples));
    const texts = [...sentences, ...moving].flat();
    const { dimensions } = this.#spec.encoder;
    const recall = this.#recall(texts, how.memory);
    const known = await this.#vectors.get(texts, (missing) =>
      recall.get('vector', dimensions, missing, (open) => this.#reader.embed(open, how)),
    );
    const find = (text: string) => known.get(text) as Float32Array;
    const named = sentences.map((own) => normalise(weightedSum(own.map(find))));
    const said = sentences.map((own) => JSON.stringify(own));
    const map = (some: readonly string[]) =>
      this.#scorer.map(
        some.map((one) => named[said.indexOf(one)] as Float32Array),
        how,
      );
    const looks = await this.#looks.get(said, async (missing) => {
      // Without a head they cost nothing.
      if (!this.#spec.head) return map(missing);
      const both = await recall.get('looks', 2 * dimensions, missing, async (open) =>
        (await map(open)).map(({ asks, gives }) => stack([asks, gives])),
      );
      return both.map((one) => ({ asks: one.subarray(0, dimensions), gives: one.subarray(dimensions) }));
    });
    const rows = named.map((vector, l) => ({
      ...(looks.get(said[l] as string) as Looks),
      compared: prototype(vector, (moving[l] ?? []).map(find), this.#spec.examples.label_weight),
    }));
    const vectors = stackLabels(rows);
    const keys = labels.map((label, l) => JSON.stringify([label.name, label.description, moving[l], textType]));
    const priors = how.priors ? await this.#neutral.get(keys, rows, how, recall) : new Float32Array(rows.length);
    const key = JSON.stringify([keys, labels.map(({ examples }) => examples)]);
    const correction = exclusive
      ? await this.#corrections.get({ labels, ...vectors, priors, key, effort: how })
      : undefined;
    return { labels, ...vectors, priors, tokens, correction };
  }

  /**
   * Vectors that depend on what they are read with come from a memory only where all of them are read at once, save for
   * those of the self-test, which comes first wherever there is one.
   */
  #recall(texts: readonly string[], memory: Memory | undefined): Recall {
    if (this.#alone) return new Recall(memory);
    const tested = GOLDEN_LABELS.flatMap((label) => wordings(label, undefined, this.#spec.wording));
    const open = texts.filter((text) => !this.#vectors.has(text));
    const apart = texts.every((text) => tested.includes(text) || open.includes(text));
    return new Recall(apart ? memory : undefined, open);
  }

  /** Tokens of everything said about the labels; comes first, because it refuses what is too long by its field. */
  async #count(labels: readonly Label[], how: BankRequest): Promise<number> {
    const { textType = '' } = how;
    const texts = labels.flatMap(({ name, description = '', examples }) => [
      ['labels', name] as const,
      ['descriptions', description] as const,
      ...examples.map((example) => ['examples', example] as const),
    ]);
    let count = 0;
    for (const [field, text] of [...texts, ['text_type', textType] as const]) {
      count += (await this.#reader.tokens.read(text, how, field)).ids.length;
    }
    return count;
  }
}
