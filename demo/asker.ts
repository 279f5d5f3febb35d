import type { Classer, ClassifyResponse, Evidence, Progress, TagLabel } from 'classer-local';
import { ClasserError, sourceOf } from 'classer-local';
import { type Question, requestOf } from './question.js';

/** An answer of either kind, as the page shows it. */
export interface Shown {
  readonly question: Question;
  /** The answered labels, highest first. */
  readonly labels: readonly TagLabel[];
  readonly scores: readonly TagLabel[];
  readonly evidence: readonly Evidence[];
  readonly tokens: number;
  readonly latency: number;
  readonly model: string;
}

export interface Listener {
  /** A question will be asked: what is shown answers another one. */
  asked(question: Question): void;
  answered(answer: Shown): void;
  refused(error: ClasserError): void;
  reading(progress: Progress): void;
}

/** Milliseconds without a key press after which a question is asked. */
const PAUSE = 60;

/** Seconds that even a very long text may take. */
const PATIENCE = 600;

/** Asks the latest question only: each one abandons those before it. */
export class Asker {
  readonly #classer: Classer;
  readonly #ready: Promise<unknown>;
  readonly #listener: Listener;
  #latest = new AbortController();

  constructor(classer: Classer, ready: Promise<unknown>, listener: Listener) {
    this.#classer = classer;
    this.#ready = ready;
    this.#listener = listener;
  }

  ask(question: Question): void {
    this.#latest.abort();
    this.#latest = new AbortController();
    const { signal } = this.#latest;
    this.#listener.asked(question);
    const timer = setTimeout(() => void this.#run(question, signal), PAUSE);
    signal.addEventListener('abort', () => clearTimeout(timer));
  }

  async #run(question: Question, signal: AbortSignal): Promise<void> {
    await this.#ready;
    if (signal.aborted) return;
    try {
      const answer = await this.#answer(question, signal);
      if (!signal.aborted) this.#listener.answered(answer);
    } catch (error) {
      if (!signal.aborted) this.#listener.refused(ClasserError.is(error) ? error : new ClasserError(String(error)));
    }
  }

  async #answer(question: Question, signal: AbortSignal): Promise<Shown> {
    const onProgress = (progress: Progress) => this.#listener.reading(progress);
    const request = { ...requestOf(question), signal, onProgress, timeout: PATIENCE };
    const { mode, threshold } = question;
    const answer =
      mode === 'tag' ? await this.#classer.tag({ ...request, threshold }) : await this.#classer.classify(request);
    const { scores = [], evidence = [], tokens, latency_ms: latency } = answer;
    const labels = 'labels' in answer ? answer.labels : best(answer);
    return { question, labels, scores, evidence, tokens, latency, model: sourceOf(answer)?.model ?? '' };
  }
}

function best({ label, confidence = 0 }: ClassifyResponse): TagLabel[] {
  return label === undefined ? [] : [{ label, confidence }];
}
