import { sha256 } from '../../contract/digest.js';
import type { Memory } from '../engine.js';

/** Takes numbers for texts from a memory, and has the rest computed for it. Nothing there says what the texts were. */
export class Recall {
  readonly #memory: Memory | undefined;
  readonly #company: readonly string[] | undefined;

  /** `company`: all texts that are read together, where the numbers of one depend a little on the others. */
  constructor(memory: Memory | undefined, company?: readonly string[]) {
    this.#memory = memory;
    this.#company = company;
  }

  /** So many numbers for each text; `kind` says what they are. */
  async get(
    kind: string,
    length: number,
    texts: readonly string[],
    compute: (texts: readonly string[]) => Promise<Float32Array[]>,
  ): Promise<Float32Array[]> {
    const memory = this.#memory;
    if (!memory) return compute(texts);
    const company = this.#company && (await sha256(JSON.stringify(this.#company)));
    const keys = await Promise.all(texts.map((text) => sha256(JSON.stringify([kind, text, company]))));
    const known = keys.map((key) => memory.find(key, length));
    const isOpen = company === undefined ? (i: number) => !known[i] : () => known.includes(undefined);
    const open = [...texts.keys()].filter(isOpen);
    const computed = open.length > 0 ? await compute(open.map((i) => texts[i] as string)) : [];
    for (const [at, i] of open.entries()) {
      known[i] = computed[at] as Float32Array;
      memory.add(keys[i] as string, known[i]);
    }
    return known as Float32Array[];
  }
}
