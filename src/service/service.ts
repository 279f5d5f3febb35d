import { isBlank, quote } from '../contract/checks.js';
import { ClasserError, failure } from '../contract/errors.js';
import type { Task } from '../contract/task.js';
import { usesPriors } from '../decide/calibration.js';
import type { Documents } from '../documents/documents.js';
import type { DocumentText } from '../documents/text.js';
import type { Engine, LabelBank, Logits } from '../engines/engine.js';
import { pause } from '../engines/pause.js';
import { answer, type Outcome } from './answer.js';
import { Gatherer } from './gather.js';

/** What a long call takes along. */
export interface CallContext {
  readonly signal: AbortSignal;
  readonly onTokens: (done: number, total: number) => void;
  readonly onPages: (done: number, total: number) => void;
}

/** The path of a request from task to answer, over one engine and what reads files. */
export class Service {
  readonly #engine: Engine;
  readonly #gatherer = new Gatherer<Logits | ClasserError>();
  readonly #open: () => Promise<Documents>;
  #documents: Documents | undefined;

  /** What reads files is opened when the first one comes. */
  constructor(engine: Engine, open: () => Promise<Documents>) {
    this.#engine = engine;
    this.#open = open;
  }

  /** Rejects only when no text can be answered at all; a single bad text is an error in the outcome. */
  async run(task: Task, context: CallContext): Promise<Outcome> {
    const engine = this.#choose(task.model);
    const begun = performance.now();
    // Whatever else was sent by now is heard first, so that a call abandoned in a burst costs nothing.
    await pause(context.signal);
    const { files, explain, budget, textType, template } = task;
    if (files.length > 0) this.#documents ??= await this.#open();
    const document = files.length > 0 ? await this.#documents?.text(files, context) : undefined;
    const texts = task.texts.map((text) => document?.after(text) ?? text);
    const priors = usesPriors(task.kind, task.labels.length, engine.calibration);
    const exclusive = task.kind === 'classify' && task.labels.length > 1;
    const bank = await engine.bank(task.labels, { ...context, textType, template, priors, exclusive });
    const how = { explain, budget, fast: task.priority === 'fast' };
    const shows = await this.#shows(document, bank, context);
    // Where photographs have something to say, a text may be missing.
    const isShown = (text: string) => document?.seen !== undefined && isBlank(text);
    const written = texts.filter((text) => !isShown(text));
    const read = alike(written, budget)
      ? await this.#gatherer.join(keyOf(task), written, context, (all, effort) =>
          engine.read(all, bank, { ...effort, ...how }),
        )
      : await engine.read(written, bank, { ...context, ...how });
    const left = [...read];
    return {
      answers: texts.map((text, i) => {
        const logits = isShown(text) ? undefined : left.shift();
        const from = { text: task.texts[i] ?? '', document, shows };
        return ClasserError.is(logits) ? logits : answer(task, bank, logits, engine.calibration, from);
      }),
      latency: Math.round((performance.now() - begun) * 100) / 100,
      model: engine.model,
    };
  }

  /** Reads what photographs show, as texts. */
  async #shows(document: DocumentText | undefined, bank: LabelBank, context: CallContext): Promise<Logits[]> {
    if (!document?.seen) return [];
    const how = { signal: context.signal, explain: false, fast: true, budget: Number.POSITIVE_INFINITY };
    const read = await this.#engine.read(document.seen.texts, bank, how);
    return read.map((one) => {
      if (ClasserError.is(one)) throw one;
      return one;
    });
  }

  #choose(model: string | undefined): Engine {
    if (model === undefined || model === this.#engine.model) return this.#engine;
    const message = `No model named ${quote(model)} is installed; ${this.#engine.model} is.`;
    throw failure('MODEL_NOT_FOUND', message, { field: 'model' });
  }
}

/** UTF-16 units of a text that may be read together with others: a longer one would hold them up. */
const SHORT = 2000;

/** Whether a task may be read together with others like it; a budget is each task's own. */
const alike = (texts: readonly string[], budget: number): boolean =>
  texts.length === 1 && budget === Number.POSITIVE_INFINITY && (texts[0] ?? '').length <= SHORT;

/** All that reading depends on besides the text. */
const keyOf = ({ kind, labels, textType, template, explain, priority }: Task): string =>
  JSON.stringify([kind, labels, textType, template, explain, priority]);
