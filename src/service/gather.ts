import type { Effort } from '../engines/engine.js';
import { pause } from '../engines/pause.js';

/** A call that waits to be read together with others. */
interface Waiting<Result> {
  readonly texts: readonly string[];
  readonly effort: Effort;
  readonly resolve: (results: readonly Result[]) => void;
  readonly reject: (error: unknown) => void;
}

/** Reads texts: a result each. */
export type ReadTexts<Result> = (texts: readonly string[], effort: Effort) => Promise<readonly Result[]>;

const NEVER = new AbortController().signal;

/** Texts that are read together. */
const MOST = 256;

/**
 * Reads what is asked at the same time together, and while it is read gathers what comes meanwhile.
 *
 * Only calls of one key are put together. A call that is abandoned rejects at once; the others are not touched.
 */
export class Gatherer<Result> {
  readonly #waiting = new Map<string, Waiting<Result>[]>();

  join(key: string, texts: readonly string[], effort: Effort, read: ReadTexts<Result>): Promise<readonly Result[]> {
    const { signal } = effort;
    return new Promise<readonly Result[]>((resolve, reject) => {
      const abandon = () => reject(signal.reason);
      if (signal.aborted) return abandon();
      signal.addEventListener('abort', abandon, { once: true });
      const call = { texts, effort, resolve, reject };
      const gathered = this.#waiting.get(key);
      if (gathered) return void gathered.push(call);
      this.#waiting.set(key, [call]);
      void this.#readAll(key, read);
    });
  }

  async #readAll(key: string, read: ReadTexts<Result>): Promise<void> {
    const gathered = this.#waiting.get(key) ?? [];
    while (gathered.length > 0) {
      // Reading may give way to nothing but what awaits a promise: without this, each call would be read alone.
      await pause(NEVER);
      const group = take(gathered);
      if (group.length > 0) await readGroup(group, read);
    }
    this.#waiting.delete(key);
  }
}

/** The next calls that nobody abandoned, as many as may be read together. */
function take<Result>(gathered: Waiting<Result>[]): Waiting<Result>[] {
  const group: Waiting<Result>[] = [];
  let count = 0;
  while (gathered[0] && (group.length === 0 || count + gathered[0].texts.length <= MOST)) {
    const call = gathered.shift() as Waiting<Result>;
    if (call.effort.signal.aborted) continue;
    group.push(call);
    count += call.texts.length;
  }
  return group;
}

async function readGroup<Result>(group: readonly Waiting<Result>[], read: ReadTexts<Result>): Promise<void> {
  const [only] = group;
  const all = new AbortController();
  const leave = () => {
    const left = group.find(({ effort }) => !effort.signal.aborted);
    if (!left) all.abort(group[0]?.effort.signal.reason);
  };
  for (const { effort } of group) effort.signal.addEventListener('abort', leave);
  const onTokens = (done: number, total: number) => {
    for (const { effort } of group) effort.onTokens?.(done, total);
  };
  try {
    const texts = group.length === 1 && only ? only.texts : group.flatMap((call) => call.texts);
    const urgency = group[0]?.effort.urgency ?? 'interactive';
    const results = [...(await read(texts, { signal: all.signal, urgency, onTokens }))];
    for (const { texts: own, resolve } of group) resolve(results.splice(0, own.length));
  } catch (error) {
    for (const { reject } of group) reject(error);
  } finally {
    for (const { effort } of group) effort.signal.removeEventListener('abort', leave);
  }
}
