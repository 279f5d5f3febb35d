import type { NearContext } from '../bridge/bridge.js';
import { again } from '../contract/again.js';
import { Deadline } from '../contract/deadline.js';
import { elapsedSince } from '../contract/elapsed.js';
import type { Task } from '../contract/task.js';
import type { Progress } from '../contract/types.js';
import type { WireOutcome } from '../worker/host.js';
import type { Supervisor } from './supervisor.js';

/** Texts that a worker gets at once: enough to be read well together, few enough that all workers end at the same time. */
const FEWEST = 16;
const MOST = 64;
/** How often each worker should come back for more. */
const TURNS = 4;

/** A task's texts as so many workers get them, in their order; files are read once, so a task with any stays whole. */
export function partsOf({ texts, files }: Task, workers: number): (readonly string[])[] {
  if (files.length > 0 || workers === 1) return [texts];
  const size = Math.max(FEWEST, Math.min(MOST, Math.ceil(texts.length / (workers * TURNS))));
  return Array.from({ length: Math.ceil(texts.length / size) }, (_, p) => texts.slice(p * size, (p + 1) * size));
}

/**
 * Has a task answered by several workers, each taking the next part when it is free; what a worker died of is asked again.
 *
 * The first worker loads the model before the others, which are given the files that it read. Others that
 * cannot be had are done without.
 */
export async function spread(
  task: Task,
  parts: readonly (readonly string[])[],
  [first, ...others]: readonly [Supervisor, ...Supervisor[]],
  { signal, onProgress }: NearContext,
  seconds: number,
): Promise<WireOutcome> {
  await first.ready({ signal, onProgress });
  const begun = performance.now();
  const deadline = new Deadline(seconds, signal);
  const failed = new AbortController();
  const context = { signal: AbortSignal.any([deadline.signal, failed.signal]) };
  const outcomes: WireOutcome[] = [];
  const waiting = [...parts.entries()];
  let done = 0;
  try {
    await new Promise<void>((resolve, reject) => {
      const work = async (worker: Supervisor) => {
        for (let next = waiting.shift(); next; next = waiting.shift()) {
          const [at, texts] = next;
          const ask = () => worker.call<WireOutcome>('run', { ...task, texts }, context, Number.POSITIVE_INFINITY);
          outcomes[at] = await again(ask);
          done += texts.length;
          onProgress?.({ stage: 'text', done, total: task.texts.length } satisfies Progress);
          if (done === task.texts.length) resolve();
        }
      };
      work(first).catch(reject);
      for (const other of others) {
        const ready = other.ready(context);
        ready.then(() => work(other).catch(reject)).catch(() => undefined);
      }
    });
  } finally {
    failed.abort();
    deadline.stop();
  }
  return {
    answers: outcomes.flatMap(({ answers }) => answers),
    computed: Object.assign({}, ...outcomes.map(({ computed }) => computed)),
    latency: elapsedSince(begun),
    model: outcomes[0]?.model ?? '',
  };
}
