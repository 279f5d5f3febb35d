import { once } from '../../contract/once.js';
import type { Label } from '../../contract/task.js';
import { ContentCache } from '../embed/cache.js';
import type { Effort, Engine, Learnt } from '../engine.js';
import { labelsByExample } from '../shown.js';

/** Sets of labels whose examples are remembered. */
const REMEMBERED = 20;

/** Learns from examples what an inference model gets wrong, by the vectors of an encoder. */
export class ExampleSource {
  readonly #encoder: () => Promise<Engine>;
  readonly #learnt = new ContentCache<Learnt>(REMEMBERED);

  constructor(encoder: () => Promise<Engine>) {
    this.#encoder = once(encoder);
  }

  /** What the examples teach; `chances` are the model's own of some texts. */
  async get(
    labels: readonly Label[],
    key: string,
    chances: (texts: readonly string[]) => Promise<readonly (readonly number[])[]>,
    effort: Effort,
  ): Promise<Learnt | undefined> {
    const shown = labelsByExample(labels);
    if (shown.size === 0) return undefined;
    const known = await this.#learnt.get([key], async () => {
      const texts = [...shown.keys()];
      const own = await chances(texts);
      const lessons = texts.map((text, n) => ({ text, labels: shown.get(text) ?? [], chances: own[n] ?? [] }));
      const encoder = await this.#encoder();
      return encoder.learn ? [await encoder.learn(lessons, labels.length, effort)] : [];
    });
    return known.get(key);
  }
}
