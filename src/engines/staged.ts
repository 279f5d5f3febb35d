import { ClasserError } from '../contract/errors.js';
import { once } from '../contract/once.js';
import type { Label } from '../contract/task.js';
import { type Calibration, exclusive } from '../decide/calibration.js';
import { lookAgain, type SecondStage, toLookAt } from '../decide/second-stage.js';
import type { BankRequest, Engine, LabelBank, Logits, Reading } from './engine.js';

/** The first model's bank, and what makes the second's once that is wanted. */
interface StagedBank extends LabelBank {
  readonly first: LabelBank;
  readonly second: (() => Promise<LabelBank>) | undefined;
}

/**
 * A fast model, and a second one that looks again at its best labels where it is unsure which is the one.
 *
 * The second is opened when it is first needed. Where that cannot be done, the first one's answer stands.
 */
export class StagedEngine implements Engine {
  readonly model: string;
  readonly calibration: Calibration;
  readonly #first: Engine;
  readonly #stage: SecondStage;
  readonly #open: () => Promise<Engine>;

  constructor(first: Engine, stage: SecondStage, open: () => Promise<Engine>) {
    this.model = first.model;
    this.calibration = first.calibration;
    this.#first = first;
    this.#stage = stage;
    this.#open = once(open);
  }

  async bank(labels: readonly Label[], how: BankRequest): Promise<LabelBank> {
    const first = await this.#first.bank(labels, how);
    const second = how.exclusive ? once(async () => (await this.#open()).bank(labels, how)) : undefined;
    const bank: StagedBank = { labels, priors: first.priors, tokens: first.tokens, first, second };
    return bank;
  }

  async read(texts: readonly string[], bank: LabelBank, how: Reading): Promise<(Logits | ClasserError)[]> {
    const { first, second } = bank as StagedBank;
    const read = await this.#first.read(texts, first, how);
    if (!second || how.fast) return read;
    const looks = read.map((logits) => {
      if (ClasserError.is(logits)) return [];
      return toLookAt(exclusive({ ...logits, priors: first.priors }, this.calibration), this.#stage);
    });
    const unsure = [...looks.keys()].filter((t) => (looks[t] ?? []).length > 0);
    if (unsure.length === 0) return read;
    const again = await this.#again(texts, looks, unsure, second, how);
    for (const [at, t] of unsure.entries()) {
      const logits = read[t];
      const scores = again[at];
      if (!logits || ClasserError.is(logits) || !scores || ClasserError.is(scores)) continue;
      const { correct = (chances: readonly number[]) => [...chances] } = logits;
      const look = looks[t] ?? [];
      read[t] = {
        ...logits,
        correct: (chances) => lookAgain(correct(chances), look, scores.scores, this.#stage),
      };
    }
    return read;
  }

  async #again(
    texts: readonly string[],
    looks: readonly (readonly number[])[],
    unsure: readonly number[],
    second: () => Promise<LabelBank>,
    { signal, urgency, budget }: Reading,
  ): Promise<(Logits | ClasserError)[]> {
    try {
      const [engine, bank] = await Promise.all([this.#open(), second()]);
      const only = unsure.map((t) => looks[t] ?? []);
      const some = unsure.map((t) => texts[t] ?? '');
      return await engine.read(some, bank, { signal, urgency, budget, explain: false, fast: true, only });
    } catch {
      signal.throwIfAborted();
      return [];
    }
  }
}
