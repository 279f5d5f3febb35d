import type { ReadFile } from '../assets.js';
import { readVerified } from '../assets.js';
import type { Effort, Pixels } from '../engine.js';
import type { PhotoFile, PhotoModel } from '../manifest.js';
import type { Session } from '../onnx.js';

/** Words for a picture, whose chances add up to 1. */
export type Words = readonly { readonly text: string; readonly chance: number }[];

/** What there is to be said of a picture. */
export interface Sight {
  /** Chance that it is a photograph at all, and not a page, a chart, a screen or a drawing. */
  readonly photograph: number;
  /** What it shows most likely, if it is a photograph. */
  readonly shows: Words;
  /** What it is, if it is none. */
  readonly others: Words;
}

/** Opens a graph in the runtime that the thread has. */
export type OpenGraph = (bytes: Uint8Array) => Promise<Pick<Session, 'run'>>;

/** Names what a picture shows: EfficientNet-Lite0 with the words of WordNet. */
export class PhotoClassifier {
  readonly #graph: Pick<Session, 'run'>;
  readonly #spec: PhotoModel['classifier'];
  readonly #classes: readonly string[];

  private constructor(graph: Pick<Session, 'run'>, spec: PhotoModel['classifier'], classes: readonly string[]) {
    this.#graph = graph;
    this.#spec = spec;
    this.#classes = classes;
  }

  /** Rejects with MODEL_UNAVAILABLE when its files cannot be had. */
  static async open(
    { files, classifier }: PhotoModel,
    urls: Readonly<Record<PhotoFile, string>>,
    read: ReadFile,
    openGraph: OpenGraph,
  ): Promise<PhotoClassifier> {
    // Whoever waits may give up; the next picture needs it all the same.
    const { signal } = new AbortController();
    const file = (name: PhotoFile) => readVerified(read, urls[name], files[name], signal, () => undefined);
    const [graph, classes] = await Promise.all([file('classifier').then(openGraph), file('classes')]);
    return new PhotoClassifier(graph, classifier, JSON.parse(new TextDecoder().decode(classes)));
  }

  /** Looks at a square picture of the side that the model takes. */
  async look({ rgba }: Pixels, effort: Effort): Promise<Sight> {
    const { side, input, outputs, top, others } = this.#spec;
    const area = side * side;
    const data = Float32Array.from({ length: 3 * area }, (_, i) => rgba[4 * (i % area) + Math.floor(i / area)] ?? 0);
    const feeds = { [input]: { type: 'float32', data, dims: [1, 3, side, side] } as const };
    const out = await this.#graph.run(feeds, Object.values(outputs), effort);
    const ranked = Array.from(out[outputs.chances] ?? [], (chance, at) => ({ text: this.#classes[at] ?? '', chance }));
    const best = ranked.sort((a, b) => b.chance - a.chance).slice(0, top);
    const total = best.reduce((sum, { chance }) => sum + chance, 0);
    return {
      photograph: out[outputs.photograph]?.[0] ?? 0,
      shows: best.map(({ text, chance }) => ({ text, chance: chance / total })),
      others: others.map((text, at) => ({ text, chance: out[outputs.others]?.[at] ?? 0 })),
    };
  }
}
