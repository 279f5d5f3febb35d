import type { Label } from '../../contract/task.js';
import { dot } from '../../decide/dot.js';
import { normalise, weightedSum } from '../../decide/prototype.js';
import { ContentCache } from '../embed/cache.js';
import type { TokenSource } from '../embed/tokens.js';
import type { BankRequest, Effort, Eye, LabelBank, Line, Logits, Pixels } from '../engine.js';
import type { ClipModel } from '../manifest.js';
import { pause } from '../pause.js';
import { worded, wordings } from '../wording.js';
import { lineThrough } from './line.js';
import { type Graphs, Towers } from './towers.js';

/** Vectors of labels that are remembered: 10 MB at 512 dimensions. */
const REMEMBERED = 5000;
/** Labels that go through the network together. */
const TOGETHER = 64;
/** Characters that a token has at most, but for white space: a label that is far longer than the window is cut unread. */
const WIDEST = 40;

interface ClipBank extends LabelBank {
  readonly rows: readonly (readonly number[])[];
  readonly vectors: readonly Float32Array[];
  /** The vector of anything at all, where its score is taken off. */
  readonly anything: Float32Array | undefined;
}

/** Compares pictures with labels by their vectors; those of labels are remembered. */
export class ClipEye implements Eye {
  readonly view: ClipModel['image']['view'];
  readonly patches: number;
  readonly #spec: ClipModel;
  readonly #tokens: TokenSource;
  readonly #towers: Towers;
  readonly #pad: number;
  readonly #vectors = new ContentCache<Float32Array>(REMEMBERED);

  constructor(spec: ClipModel, tokens: TokenSource, graphs: Graphs) {
    this.view = spec.image.view;
    this.patches = spec.image.patches;
    this.#spec = spec;
    this.#tokens = tokens;
    this.#pad = tokens.id(spec.text.pad) ?? tokens.pad;
    this.#towers = new Towers(graphs, spec, this.#pad, this.#row(''));
  }

  async bank(labels: readonly Label[], { template, ...effort }: Effort & Pick<BankRequest, 'template'>) {
    let tokens = 0;
    for (const { name, description = '' } of labels) {
      tokens += (await this.#tokens.read(name, effort, 'labels')).ids.length;
      tokens += (await this.#tokens.read(description, effort, 'descriptions')).ids.length;
    }
    const wording = template === undefined ? this.#spec.wording : worded(template);
    const sentences = labels.map((label) => wordings(label, undefined, wording));
    const { anything = '' } = this.#spec;
    const none = anything && wordings({ name: anything, description: undefined, examples: [] }, undefined, wording);
    const known = await this.#vectors.get([...sentences.flat(), ...none], (missing) => this.#embed(missing, effort));
    const meant = (all: readonly string[]) => normalise(weightedSum(all.map((one) => known.get(one) as Float32Array)));
    const bank: ClipBank = {
      ...{ labels, tokens, priors: new Float32Array(labels.length) },
      rows: sentences.map(([first = '']) => this.#row(first)),
      vectors: sentences.map(meant),
      anything: none ? meant(none) : undefined,
    };
    return bank;
  }

  async look(pictures: readonly Pixels[], bank: LabelBank, effort: Effort): Promise<Logits[]> {
    const { vectors, anything } = bank as ClipBank;
    const found: Logits[] = [];
    for (const picture of pictures) {
      await pause(effort.signal);
      const seen = await this.#towers.picture(picture, effort);
      const least = anything ? dot(seen, anything) : 0;
      found.push({
        scores: Float32Array.from(vectors, (vector) => dot(seen, vector) - least),
        tokens: 0,
        evidence: () => [],
      });
    }
    return found;
  }

  async line(pictures: readonly Pixels[], bank: LabelBank, effort: Effort): Promise<Line | undefined> {
    const { rows, vectors } = bank as ClipBank;
    const cosines: number[] = [];
    const logits: number[] = [];
    for (const picture of pictures) {
      const own = await this.#towers.logits(picture, rows, effort);
      if (!own) return undefined;
      const seen = await this.#towers.picture(picture, effort);
      cosines.push(...vectors.map((vector) => dot(seen, vector)));
      logits.push(...own);
    }
    return lineThrough(cosines, logits);
  }

  async #embed(sentences: readonly string[], effort: Effort): Promise<Float32Array[]> {
    const vectors: Float32Array[] = [];
    for (let from = 0; from < sentences.length; from += TOGETHER) {
      await pause(effort.signal);
      const rows = sentences.slice(from, from + TOGETHER).map((sentence) => this.#row(sentence));
      vectors.push(...(await this.#towers.texts(rows, effort)));
    }
    return vectors;
  }

  /** A sentence as the model takes it: cut behind its window, and filled up where it was trained so. */
  #row(sentence: string): number[] {
    const { length, padded, lower } = this.#spec.text;
    const short = sentence.slice(0, WIDEST * length);
    const ids = this.#tokens.sentence(lower ? short.toLowerCase() : short);
    const { close } = this.#tokens;
    const cut = ids.length > length ? [...ids.slice(0, length - close.length), ...close] : ids;
    return padded ? [...cut, ...Array<number>(length - cut.length).fill(this.#pad)] : cut;
  }
}
