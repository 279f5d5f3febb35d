import { normalise } from '../../decide/prototype.js';
import type { Effort, Pixels } from '../engine.js';
import type { ClipModel } from '../manifest.js';
import type { Input, Session } from '../onnx.js';
import { padRows } from '../rows.js';
import { tensorOf } from './tensor.js';

/** The graphs of a model: one that takes pictures and texts together, or one for each. */
export interface Graphs {
  readonly text: Session;
  readonly vision: Session | undefined;
}

/** Vectors of length 1 of texts and of pictures. */
export class Towers {
  readonly #graphs: Graphs;
  readonly #spec: ClipModel;
  readonly #pad: number;
  /** What stands for a text where one graph wants both. */
  readonly #any: readonly number[];

  /** `pad` fills rows up, `any` is some text. */
  constructor(graphs: Graphs, spec: ClipModel, pad: number, any: readonly number[]) {
    this.#graphs = graphs;
    this.#spec = spec;
    this.#pad = pad;
    this.#any = any;
  }

  async texts(rows: readonly (readonly number[])[], effort: Effort): Promise<Float32Array[]> {
    const { output } = this.#spec.text;
    const nothing = this.#graphs.vision ? {} : this.#pixels();
    const out = await this.#graphs.text.run({ ...this.#ids(rows), ...nothing }, [output], effort);
    return vectors(out[output], rows.length);
  }

  async picture(picture: Pixels, effort: Effort): Promise<Float32Array> {
    const { output } = this.#spec.image;
    const { vision, text } = this.#graphs;
    const anything = vision ? {} : this.#ids([this.#any]);
    const out = await (vision ?? text).run({ ...this.#pixels(picture), ...anything }, [output], effort);
    return vectors(out[output], 1)[0] as Float32Array;
  }

  /** The graph's own scores of a picture, one a text; undefined where none gives them. */
  async logits(picture: Pixels, rows: readonly (readonly number[])[], effort: Effort) {
    const { logits } = this.#spec;
    if (logits === undefined) return undefined;
    const out = await this.#graphs.text.run({ ...this.#ids(rows), ...this.#pixels(picture) }, [logits], effort);
    return out[logits];
  }

  #ids(rows: readonly (readonly number[])[]): Record<string, Input> {
    return padRows(rows, this.#pad, this.#spec.text.inputs).feeds;
  }

  #pixels(picture?: Pixels): Record<string, Input> {
    return { [this.#spec.image.input]: tensorOf(picture, this.#spec.image) };
  }
}

function vectors(data: Float32Array | undefined = new Float32Array(), rows: number): Float32Array[] {
  const depth = data.length / rows;
  return Array.from({ length: rows }, (_, r) => normalise(data.slice(r * depth, (r + 1) * depth)));
}
