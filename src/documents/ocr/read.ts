import { failure } from '../../contract/errors.js';
import type { Written } from '../legible.js';
import type { Picture } from '../picture/picture.js';
import { tidy } from '../tidy.js';
import { enlarge, type Grey, isUniform, soften, toGrey, turn } from './grey.js';
import { Tesseract } from './tesseract.js';
import { fontHeight, likelyText, sureLetters, type Word } from './words.js';

/** What reading pictures takes, fetched when the first one comes. */
export interface OcrAssets {
  readonly core: () => Promise<Uint8Array<ArrayBuffer>>;
  /** Tesseract's data of each language, packed by gzip or not. */
  readonly languages: () => Promise<readonly Uint8Array<ArrayBuffer>[]>;
}

/** Pixels up to which a picture is enlarged. */
const SMALL = 1_500_000;
/** Milliseconds for one picture: a page takes a few seconds, on a busy machine some more. */
const PATIENCE = 60_000;
/** Share of letters that are surely right from which on a picture is the right way up. */
const UPRIGHT = 0.4;

/** Reads what is written on pictures; one at a time. */
export class Ocr {
  readonly #assets: OcrAssets;
  readonly #patience: number;
  #tesseract: Promise<Tesseract> | undefined;

  constructor(assets: OcrAssets, patience = PATIENCE) {
    this.#assets = assets;
    this.#patience = patience;
  }

  /** What is written on a picture; `onShare` is told how much of the work is done, from 0 to 1. */
  async read(picture: Picture, onShare: (share: number) => void): Promise<Written> {
    const grey = toGrey(picture);
    if (isUniform(grey)) return { text: '' };
    this.#tesseract ??= this.#open();
    const tesseract = await this.#tesseract;
    const late = performance.now() + this.#patience;
    const onPercent = (percent: number) => {
      if (performance.now() > late) throw new TooLate();
      onShare(percent / 100);
    };
    let best: readonly Word[] = [];
    let upright = grey;
    let cut = false;
    try {
      for (const turned of turns(prepare(grey))) {
        const words = tesseract.read(turned, onPercent);
        if (sureLetters(words).count > sureLetters(best).count) [best, upright] = [words, turned];
        if (sureLetters(best).share >= UPRIGHT) break;
      }
    } catch (fault) {
      // Ended in the middle, or crashed: neither is fit for another picture.
      this.#tesseract = undefined;
      cut = true;
      if (!(fault instanceof TooLate || fault instanceof WebAssembly.RuntimeError)) throw fault;
    }
    const text = tidy(likelyText(best));
    const { width, height } = upright;
    return {
      text,
      ...(cut && { cut }),
      ...(text !== '' && { sheet: { width, height, letters: fontHeight(best) } }),
    };
  }

  async #open(): Promise<Tesseract> {
    try {
      const [core, languages] = await Promise.all([this.#assets.core(), this.#assets.languages()]);
      return await Tesseract.open(core, await Promise.all(languages.map(unpacked)));
    } catch (cause) {
      this.#tesseract = undefined;
      throw failure('MODEL_UNAVAILABLE', `Pictures cannot be read (${(cause as Error).message}).`, undefined, cause);
    }
  }
}

class TooLate extends Error {}

const prepare = (grey: Grey): Grey => soften(grey.light.length < SMALL ? enlarge(grey) : grey);

/** A picture as it is, then turned by a quarter each time. */
function* turns(grey: Grey): Generator<Grey> {
  yield grey;
  for (let [turned, quarter] = [turn(grey), 1]; quarter < 4; [turned, quarter] = [turn(turned), quarter + 1])
    yield turned;
}

async function unpacked(content: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  if (content[0] !== 0x1f || content[1] !== 0x8b) return content;
  const stream = new Blob([content]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
