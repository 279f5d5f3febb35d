import { ClasserError, failure } from '../../contract/errors.js';
import type { Label } from '../../contract/task.js';
import type { Calibration } from '../../decide/calibration.js';
import { correct, type ExampleConstants, fitCorrection } from '../../decide/correction.js';
import type { BankRequest, Effort, Engine, LabelBank, Learnt, Lesson, Logits, Reading } from '../engine.js';
import type { EmbedFile, EmbedModel } from '../manifest.js';
import { Session } from '../onnx.js';
import { BankSource, type EmbedBank } from './bank.js';
import { Encoder } from './encoder.js';
import { Head, type LabelAttention } from './head.js';
import type { HubParts } from './hub.js';
import { passages } from './passages.js';
import { Reader } from './reader.js';
import { Scorer } from './scorer.js';
import { TokenSource } from './tokens.js';

/** A label-cached bi-encoder: each text goes through the network once, whatever the number of labels. */
export class EmbedEngine implements Engine {
  readonly model: string;
  readonly calibration: Calibration;
  readonly #reader: Reader;
  readonly #scorer: Scorer;
  readonly #banks: BankSource;
  readonly #constants: ExampleConstants;

  private constructor(model: string, spec: EmbedModel, reader: Reader, head: LabelAttention, alone: boolean) {
    this.model = model;
    this.calibration = spec.calibration;
    this.#reader = reader;
    this.#scorer = new Scorer(head, spec);
    this.#banks = new BankSource(spec, reader, this.#scorer, alone);
    this.#constants = spec.examples;
  }

  /**
   * Starts a model; the small files come first, so that the runtime starts while the weights still load. `parts` are for
   * models from hubs.
   */
  static async open(
    model: string,
    spec: EmbedModel,
    file: (name: EmbedFile) => Promise<Uint8Array>,
    parts?: HubParts,
  ): Promise<EmbedEngine> {
    const [head, tokens, weights] = await Promise.all([
      openHead(spec, file, parts),
      file('tokenizer').then((bytes) => new TokenSource(bytes, spec.encoder.prefix, parts?.runs)),
      file('encoder'),
    ]);
    parts?.checkRoom(tokens.frame, spec.encoder);
    const encoder = new Encoder(await Session.open(weights, written(parts)), spec.encoder, tokens.pad, parts?.pool);
    const reader = new Reader(tokens, encoder, spec.encoder);
    // Graphs of hubs may quantise all that is read at once together.
    return new EmbedEngine(model, spec, reader, head, parts === undefined);
  }

  bank(labels: readonly Label[], how: BankRequest): Promise<LabelBank> {
    return this.#banks.get(labels, how);
  }

  async learn(examples: readonly Lesson[], labels: number, effort: Effort): Promise<Learnt> {
    const embed = (texts: readonly string[], how: Effort) => this.#reader.embed(texts, how);
    const vectors = await embed(
      examples.map(({ text }) => text),
      effort,
    );
    const shown = examples.map((one, n) => ({ ...one, vector: vectors[n] as Float32Array }));
    const correction = fitCorrection(shown, labels, this.#constants);
    return async (texts, how) =>
      (await embed(texts, how)).map((vector) => (chances) => correct(chances, vector, correction));
  }

  async read(texts: readonly string[], bank: LabelBank, how: Reading): Promise<(Logits | ClasserError)[]> {
    const vectors = bank as EmbedBank;
    const attends = how.explain || this.#scorer.attends;
    const read = await this.#reader.tokens.readTexts(texts, how);
    const good = read.flatMap((tokens, t) => (ClasserError.is(tokens) ? [] : [{ tokens, text: texts[t] ?? '' }]));
    const states = good.map(({ tokens, text }) =>
      this.#scorer.start(vectors, how.explain ? passages(text, tokens) : undefined),
    );
    const budget = how.budget * texts.length;
    const tokens = good.map((one) => one.tokens);
    for await (const batch of this.#reader.scan(tokens, { ...how, states: attends, budget })) {
      const first = batch[0];
      const attended = first && (await this.#scorer.attend(first.encoded, vectors, how));
      for (const scanned of batch) states[scanned.window.text]?.add(scanned, attended);
    }
    const { correction } = vectors;
    const logits = states.map(
      (state, t): Logits => ({
        scores: this.#scorer.scores(state, vectors),
        ...(correction && { correct: (chances) => correct(chances, state.vector(), correction) }),
        tokens: tokens[t]?.ids.length ?? 0,
        evidence: (label) => state.evidence(label),
      }),
    );
    return read.map((one) => (ClasserError.is(one) ? one : (logits.shift() as Logits)));
  }
}

/** What comes with the package was written as it should run. */
const written = (parts: HubParts | undefined) => ({ optimised: parts === undefined });

async function openHead(
  { head, encoder: { dimensions } }: EmbedModel,
  file: (name: EmbedFile) => Promise<Uint8Array>,
  parts: HubParts | undefined,
): Promise<LabelAttention> {
  if (head) return new Head(await Session.open(await file('head'), written(parts)), head, dimensions);
  if (parts) return parts.attention(dimensions);
  throw failure('INTERNAL', 'A model without a head was opened without what it needs.');
}
