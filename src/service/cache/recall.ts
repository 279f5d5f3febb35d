import { sha256 } from '../../contract/digest.js';
import { elapsedSince } from '../../contract/elapsed.js';
import { ClasserError } from '../../contract/errors.js';
import type { Task } from '../../contract/task.js';
import type { Json } from '../../store/store.js';
import type { Answer, Outcome } from '../answer.js';
import type { AnswerCache } from './cache.js';
import { answerKeys } from './key.js';

/** An outcome and, where there is a cache, what it knew of it. */
export interface RecalledOutcome extends Outcome {
  readonly recalled?: {
    /** The key of the answer, or of all answers of a batch together. */
    readonly key: string;
    /** Seconds since the oldest of the answers was given; undefined unless all of them were known. */
    readonly age: number | undefined;
  };
}

/** A model, and everything that decides its answers. */
export interface ModelIdentity {
  readonly model: string;
  readonly content: string;
}

/**
 * Answers from the cache what it knows, has the rest answered, and remembers that.
 *
 * A task that knows no better than to be asked anew skips the reading, not the remembering. Errors are not remembered.
 */
export async function recall(
  cache: AnswerCache,
  { model, content }: ModelIdentity,
  task: Task,
  ask: (task: Task) => Promise<Outcome>,
): Promise<RecalledOutcome> {
  const begun = performance.now();
  const keys = await answerKeys(content, task);
  const known = await Promise.all(keys.map((key) => (task.cache ? cache.get(key) : undefined)));
  const key = keys.length === 1 && keys[0] !== undefined ? keys[0] : await sha256(keys.join());
  const age = known.every((entry) => entry !== undefined) ? Math.max(...known.map((entry) => entry.age)) : undefined;
  const open = task.texts.flatMap((text, i) => (known[i] ? [] : [{ text, key: keys[i] as string }]));
  const rest = open.length > 0 ? await ask({ ...task, texts: open.map(({ text }) => text) }) : undefined;
  for (const [i, answer] of (rest?.answers ?? []).entries()) {
    // What took too long to read may be read another time.
    if (!ClasserError.is(answer) && !answer.ocr?.unread) cache.put(open[i]?.key as string, answer as unknown as Json);
  }
  const fresh = [...(rest?.answers ?? [])];
  const answers = known.map((entry) =>
    entry ? { ...(entry.answer as unknown as Answer), cached: true } : (fresh.shift() as Answer),
  );
  const latency = elapsedSince(begun);
  const recalled = { key, age };
  return { answers, recalled, model: rest?.model ?? model, latency: rest?.latency ?? latency };
}
