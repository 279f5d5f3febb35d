import { ClasserError } from '../../contract/errors.js';
import type { Label } from '../../contract/task.js';
import { type Calibration, exclusive as chancesOf } from '../../decide/calibration.js';
import { mean } from '../../decide/statistics.js';
import { BATCH } from '../embed/scan.js';
import type { TokenSource, Tokens } from '../embed/tokens.js';
import { group } from '../embed/windows.js';
import type { BankRequest, Effort, Engine, LabelBank, Learnt, Logits, Reading } from '../engine.js';
import type { NliFile, NliModel } from '../manifest.js';
import type { Session } from '../onnx.js';
import { pause } from '../pause.js';
import { worded, wordings } from '../wording.js';
import { PairClassifier } from './classifier.js';
import { ExampleSource } from './examples.js';
import { type Pair, pairsOf } from './pairs.js';
import { PairReading } from './reading.js';

/** Labels as hypotheses. */
interface NliBank extends LabelBank {
  readonly hypotheses: readonly Uint32Array[];
  /** The label of each hypothesis. */
  readonly owners: readonly number[];
  /** What the labels' examples teach. */
  readonly learnt?: Learnt;
}

/** What the thread has that opens models: this engine is loaded apart from it, and brings no second one along. */
export interface Ground {
  openTokens(file: Uint8Array): TokenSource;
  openGraph(file: Uint8Array): Promise<Session>;
  /** By whose vectors it learns from examples; opened when the first ones come. */
  readonly reader?: { open(): Promise<Engine> } | undefined;
}

/** An inference model: each text goes through the network once with each label. */
export class NliEngine implements Engine {
  readonly model: string;
  readonly calibration: Calibration;
  readonly #spec: NliModel;
  readonly #tokens: TokenSource;
  readonly #classifier: PairClassifier;
  /** Special tokens of a pair. */
  readonly #frame: number;
  readonly #examples: ExampleSource | undefined;

  private constructor(model: string, spec: NliModel, tokens: TokenSource, session: Session, { reader }: Ground) {
    this.model = model;
    this.calibration = spec.calibration;
    this.#spec = spec;
    this.#tokens = tokens;
    this.#classifier = new PairClassifier(session, spec.classifier, tokens);
    this.#frame = tokens.frame + tokens.between.length;
    this.#examples = reader && new ExampleSource(reader.open);
  }

  static async open(
    model: string,
    spec: NliModel,
    file: (name: NliFile) => Promise<Uint8Array>,
    ground: Ground,
  ): Promise<NliEngine> {
    const { openTokens, openGraph } = ground;
    const [tokens, weights] = await Promise.all([file('tokenizer').then(openTokens), file('classifier')]);
    return new NliEngine(model, spec, tokens, await openGraph(weights), ground);
  }

  async bank(labels: readonly Label[], how: BankRequest): Promise<LabelBank> {
    const { textType, template, exclusive, ...effort } = how;
    const hypotheses: Uint32Array[] = [];
    const owners: number[] = [];
    const wording = template === undefined ? this.#spec.wording : worded(template);
    for (const [l, label] of labels.entries()) {
      for (const sentence of wordings(label, textType, wording)) {
        const field = label.description === undefined ? 'labels' : 'descriptions';
        const { ids } = await this.#tokens.read(sentence, effort, field);
        hypotheses.push(ids.subarray(0, this.#spec.classifier.window >> 1));
        owners.push(l);
      }
    }
    let tokens = hypotheses.reduce((sum, { length }) => sum + length, 0);
    for (const example of labels.flatMap(({ examples }) => examples)) {
      tokens += (await this.#tokens.read(example, effort, 'examples')).ids.length;
    }
    const bank: NliBank = { labels, priors: new Float32Array(labels.length), tokens, hypotheses, owners };
    const key = JSON.stringify([labels, textType, template]);
    const own = (texts: readonly string[]) => this.#chances(texts, bank, effort);
    const learnt = exclusive ? await this.#examples?.get(labels, key, own, effort) : undefined;
    return { ...bank, ...(learnt && { learnt }) };
  }

  /** Its chances of labels that exclude one another, without their examples. */
  async #chances(texts: readonly string[], bank: NliBank, effort: Effort): Promise<number[][]> {
    const read = await this.read(texts, bank, {
      ...effort,
      explain: false,
      fast: true,
      budget: Number.POSITIVE_INFINITY,
    });
    return read.map((logits) => {
      if (ClasserError.is(logits)) throw logits;
      return chancesOf({ scores: logits.scores, priors: bank.priors }, this.calibration);
    });
  }

  async read(texts: readonly string[], bank: LabelBank, how: Reading): Promise<(Logits | ClasserError)[]> {
    const { hypotheses, owners, learnt } = bank as NliBank;
    const read = await this.#tokens.readTexts(texts, how);
    const good = read.filter((one): one is Tokens => !ClasserError.is(one));
    const readings = good.map((tokens) => new PairReading(tokens));
    const wanted = how.only?.filter((_, t) => !ClasserError.is(read[t]));
    const chosen = (t: number) => [...hypotheses.keys()].filter((h) => wanted?.[t]?.includes(owners[h] ?? 0) ?? true);
    const { window, overlap, scale } = this.#spec.classifier;
    const budget = how.budget * texts.length;
    const cutting = { window, overlap, budget, frame: this.#frame };
    const pairs = good.flatMap((tokens, t) => pairsOf(t, tokens, hypotheses, chosen(t), cutting));
    await this.#score(pairs, good, hypotheses, { ...how, budget }, (pair, odds) =>
      readings[pair.window.text]?.add(pair, odds),
    );
    const learnable = texts.filter((_, t) => !ClasserError.is(read[t]));
    const corrections = await learnt?.(learnable, how);
    const logits = readings.map((reading, t): Logits => {
      const odds = hypotheses.map((_, h) => reading.odds(h));
      const correct = corrections?.[t];
      return {
        ...(correct && { correct }),
        scores: Float32Array.from(bank.labels, (_, l) => scale * mean(odds.filter((_, h) => owners[h] === l))),
        tokens: good[t]?.ids.length ?? 0,
        evidence: (label) => (how.explain ? reading.evidence(owners.indexOf(label)) : []),
      };
    });
    return read.map((one) => (ClasserError.is(one) ? one : (logits.shift() as Logits)));
  }

  async #score(
    pairs: readonly Pair[],
    texts: readonly Tokens[],
    hypotheses: readonly Uint32Array[],
    how: Reading,
    found: (pair: Pair, odds: number) => void,
  ): Promise<void> {
    const { onTokens, budget } = how;
    const lengthOf = ({ window: { start, end }, hypothesis }: Pair) =>
      end - start + (hypotheses[hypothesis]?.length ?? 0) + this.#frame;
    const total = texts.reduce((sum, { ids }) => sum + ids.length, 0);
    const ordered = budget === Number.POSITIVE_INFINITY ? pairs.toSorted((a, b) => lengthOf(a) - lengthOf(b)) : pairs;
    const begun = performance.now();
    let done = 0;
    for (const batch of group(ordered, lengthOf, BATCH)) {
      await pause(how.signal);
      const late = performance.now() - begun > budget;
      const due = late ? batch.filter(({ window }) => window.start === 0) : batch;
      const rows = due.map(({ window: { text, start, end }, hypothesis }) => ({
        premise: texts[text]?.ids.subarray(start, end) ?? [],
        hypothesis: hypotheses[hypothesis] ?? [],
      }));
      const odds = due.length > 0 ? await this.#classifier.run(rows, how) : [];
      for (const [p, pair] of due.entries()) found(pair, odds[p] ?? 0);
      done += batch.reduce((sum, { window }) => sum + window.fresh, 0) / hypotheses.length;
      onTokens?.(Math.min(total, Math.round(done)), total);
    }
  }
}

export const openNli = NliEngine.open;
