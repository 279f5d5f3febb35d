import { isBlank } from '../contract/checks.js';
import { ClasserError } from '../contract/errors.js';
import type { Task } from '../contract/task.js';
import { usesPriors } from '../decide/calibration.js';
import type { Documents } from '../documents/documents.js';
import type { Seen } from '../documents/seen.js';
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
    const engine = this.#engine;
    const begun = performance.now();
    // Whatever else was sent by now is heard first, so that a call abandoned in a burst costs nothing.
    await pause(context.signal);
    const { files, explain, budget, textType, template } = task;
    if (files.length > 0) this.#documents ??= await this.#open();
    const document = files.length > 0 ? await this.#documents?.text(files, context) : undefined;
    const texts = task.texts.map((text) => document?.after(text) ?? text);
    const priors = usesPriors(task.kind, task.labels.length, engine.calibration);
    const exclusive = task.kind === 'classify' && task.labels.length > 1;
    // Where pictures have something to say, a text may be missing.
    const isShown = (text: string) => document?.seen !== undefined && isBlank(text);
    const written = texts.filter((text) => !isShown(text));
    const wanted = { ...context, textType, template, priors, exclusive };
    const eye = document?.seen && engine.eye;
    const view = eye && (await eye.bank(task.labels, wanted));
    const bank = view && written.length === 0 ? view : await engine.bank(task.labels, wanted);
    const how = { explain, budget, fast: task.priority === 'fast' };
    const shows = await this.#shows(document?.seen, view ?? bank, context);
    const read = alike(written, budget)
      ? await this.#gatherer.join(keyOf(task), written, context, (all, effort) =>
          engine.read(all, bank, { ...effort, ...how }),
        )
      : await engine.read(written, bank, { ...context, ...how });
    const left = [...read];
    return {
      answers: texts.map((text, i) => {
        const logits = isShown(text) ? undefined : left.shift();
        const from = { text: task.texts[i] ?? '', document, shows, patches: engine.eye?.patches };
        return ClasserError.is(logits) ? logits : answer(task, bank, logits, engine.calibration, from);
      }),
      latency: Math.round((performance.now() - begun) * 100) / 100,
      model: engine.model,
    };
  }

  /** Looks at pictures, or reads what photographs show as texts. */
  async #shows(seen: Seen | undefined, bank: LabelBank, { signal }: CallContext): Promise<Logits[]> {
    if (!seen) return [];
    const { eye } = this.#engine;
    if (eye) return eye.look(seen.pictures, bank, signal);
    const how = { signal, explain: false, fast: true, budget: Number.POSITIVE_INFINITY };
    const read = await this.#engine.read(seen.texts, bank, how);
    return read.map((one) => {
      if (ClasserError.is(one)) throw one;
      return one;
    });
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
