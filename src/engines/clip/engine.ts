import { type ClasserError, failure } from '../../contract/errors.js';
import { once } from '../../contract/once.js';
import type { Label } from '../../contract/task.js';
import type { Calibration } from '../../decide/calibration.js';
import type { TokenSource } from '../embed/tokens.js';
import type { BankRequest, Engine, LabelBank, Logits, Reading } from '../engine.js';
import type { ClipFile, ClipModel, EmbedModel } from '../manifest.js';
import type { Session } from '../onnx.js';
import { ClipEye } from './eye.js';

/** What the thread has that opens models. */
export interface Ground {
  openTokens(file: Uint8Array): TokenSource;
  openGraph(file: Uint8Array): Promise<Session>;
  /** What reads the texts of requests; opened when the first text comes. */
  readonly reader: { readonly spec: EmbedModel; open(): Promise<Engine> } | undefined;
}

/** CLIP or SigLIP for pictures; what is written is read by another model. */
export class ClipEngine implements Engine {
  readonly model: string;
  readonly calibration: Calibration;
  readonly eye: ClipEye;
  readonly #reader: () => Promise<Engine>;

  private constructor(model: string, eye: ClipEye, { spec, open }: NonNullable<Ground['reader']>) {
    this.model = model;
    this.calibration = spec.calibration;
    this.eye = eye;
    this.#reader = once(open);
  }

  static async open(
    model: string,
    spec: ClipModel,
    file: (name: ClipFile) => Promise<Uint8Array>,
    { openTokens, openGraph, reader }: Ground,
  ): Promise<ClipEngine> {
    if (!reader) throw failure('INTERNAL', 'A model of pictures was opened without one that reads texts.');
    const [tokens, weights, pictures] = await Promise.all([
      file('tokenizer').then(openTokens),
      file('text'),
      spec.files.vision ? file('vision') : undefined,
    ]);
    const text = await openGraph(weights);
    const graphs = { text, vision: pictures && (await openGraph(pictures)) };
    return new ClipEngine(model, new ClipEye(spec, tokens, graphs), reader);
  }

  async bank(labels: readonly Label[], how: BankRequest): Promise<LabelBank> {
    return (await this.#reader()).bank(labels, how);
  }

  async read(texts: readonly string[], bank: LabelBank, how: Reading): Promise<(Logits | ClasserError)[]> {
    return texts.length === 0 ? [] : (await this.#reader()).read(texts, bank, how);
  }
}

export const openClip = ClipEngine.open;
