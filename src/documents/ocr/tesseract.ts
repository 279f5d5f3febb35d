import TesseractCore, { type TessBaseAPI, type TesseractModule } from 'tesseract.js-core/tesseract-core-simd-lstm.js';
import type { Grey } from './grey.js';
import { readWords, type Word } from './words.js';

/** Radians of skew that are turned back; less does no harm. */
const SKEW = 0.005;
/** Modes of layout: columns, blocks and lines are found. */
const AUTO = 3;
const NEURAL = 1;

/** Tesseract with its languages. */
export class Tesseract {
  readonly #module: TesseractModule;
  readonly #api: TessBaseAPI;

  private constructor(module: TesseractModule, api: TessBaseAPI) {
    this.#module = module;
    this.#api = api;
  }

  /** Rejects when the data are none of Tesseract's. */
  static async open(wasmBinary: Uint8Array, languages: readonly Uint8Array[]): Promise<Tesseract> {
    const silent = () => undefined;
    const module = await TesseractCore({ wasmBinary, print: silent, printErr: silent });
    const names = languages.map((content, i) => {
      module.FS.writeFile(`/l${i}.traineddata`, content);
      return `l${i}`;
    });
    const api = new module.TessBaseAPI();
    if (api.Init(null, names.join('+'), NEURAL) !== 0) throw new Error('the language data cannot be read');
    api.SetPageSegMode(AUTO);
    return new Tesseract(module, api);
  }

  /**
   * The words of a picture that is the right way up. `onPercent` is called while it is read; what it throws ends the
   * reading, after which this cannot be used any more.
   */
  read(grey: Grey, onPercent: (percent: number) => void): Word[] {
    this.#module.TesseractProgress = onPercent;
    this.#module.FS.writeFile('/input', portableGreyMap(grey));
    this.#show(0);
    this.#api.FindLines();
    const skew = this.#api.GetGradient();
    if (Math.abs(skew) >= SKEW) this.#show(skew);
    this.#api.Recognize(null);
    const words = readWords(this.#api.GetTSVText(0));
    this.#api.Clear();
    this.#module.FS.unlink('/input');
    return words;
  }

  #show(radians: number): void {
    if (this.#api.SetImageFile(1, radians) !== 0) throw new Error('Tesseract takes no such picture');
    this.#api.SetVariable('user_defined_dpi', '200');
  }
}

/** The plainest format of all (PGM). */
function portableGreyMap({ width, height, light }: Grey): Uint8Array {
  const head = new TextEncoder().encode(`P5\n${width} ${height}\n255\n`);
  const file = new Uint8Array(head.length + light.length);
  file.set(head);
  file.set(light, head.length);
  return file;
}
