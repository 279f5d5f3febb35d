import { isBlank } from '../contract/checks.js';
import { elapsedSince } from '../contract/elapsed.js';
import { ClasserError } from '../contract/errors.js';
import type { Task } from '../contract/task.js';
import { usesPriors } from '../decide/calibration.js';
import type { Documents } from '../documents/documents.js';
import type { Seen } from '../documents/seen.js';
import type { DocumentText } from '../documents/text.js';
import type { Effort, Engine, LabelBank, Logits, Memory } from '../engines/engine.js';
import { pause } from '../engines/pause.js';
import { turns } from '../engines/turns.js';
import { type Answer, answer, type Outcome } from './answer.js';
import { Gatherer } from './gather.js';

/** What a long call takes along. */
export interface CallContext extends Pick<Effort, 'signal'> {
  readonly onTokens: (done: number, total: number) => void;
  readonly onPages: (done: number, total: number) => void;
  readonly memory?: Memory;
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
    // Nobody has to wait while files are read: that is another thread's work.
    const document = task.files.length > 0 ? await this.#read(task, context) : undefined;
    const answers = await turns.during(task.urgency, () => this.#answer(engine, task, document, context));
    return { answers, latency: elapsedSince(begun), model: engine.model };
  }

  async #read({ files, urgency }: Task, context: CallContext): Promise<DocumentText> {
    await pause(context.signal);
    this.#documents ??= await this.#open();
    return this.#documents.text(files, { ...context, urgency });
  }

  async #answer(
    engine: Engine,
    task: Task,
    document: DocumentText | undefined,
    { signal, onTokens, memory }: CallContext,
  ): Promise<(Answer | ClasserError)[]> {
    // Whatever else was sent by now is heard first, so that a call abandoned in a burst costs nothing.
    await pause(signal);
    const { explain, budget, urgency, textType, template } = task;
    const effort: Effort = { signal, urgency, onTokens };
    const texts = task.texts.map((text) => document?.after(text) ?? text);
    const priors = usesPriors(task.kind, task.labels.length, engine.calibration);
    const exclusive = task.kind === 'classify' && task.labels.length > 1;
    // Where pictures have something to say, a text may be missing.
    const isShown = (text: string) => document?.seen !== undefined && isBlank(text);
    const written = texts.filter((text) => !isShown(text));
    const wanted = { ...effort, textType, template, priors, exclusive, memory };
    const eye = document?.seen && engine.eye;
    const view = eye && (await eye.bank(task.labels, wanted));
    const bank = view && written.length === 0 ? view : await engine.bank(task.labels, wanted);
    const how = { explain, budget, fast: task.priority === 'fast' };
    const shows = await this.#shows(document?.seen, view ?? bank, effort);
    const read = alike(written, budget)
      ? await this.#gatherer.join(keyOf(task), written, effort, (all, together) =>
          engine.read(all, bank, { ...together, ...how }),
        )
      : await engine.read(written, bank, { ...effort, ...how });
    const left = [...read];
    return texts.map((text, i) => {
      const logits = isShown(text) ? undefined : left.shift();
      const from = { text: task.texts[i] ?? '', document, shows, patches: engine.eye?.patches };
      return ClasserError.is(logits) ? logits : answer(task, bank, logits, engine.calibration, from);
    });
  }

  /** Looks at pictures, or reads what photographs show as texts. */
  async #shows(seen: Seen | undefined, bank: LabelBank, effort: Effort): Promise<Logits[]> {
    if (!seen) return [];
    const { eye } = this.#engine;
    if (eye) return eye.look(seen.pictures, bank, effort);
    const how = { ...effort, explain: false, fast: true, budget: Number.POSITIVE_INFINITY };
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
const keyOf = ({ kind, labels, textType, template, explain, priority, urgency }: Task): string =>
  JSON.stringify([kind, labels, textType, template, explain, priority, urgency]);
