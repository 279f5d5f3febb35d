import { type Calibration, confidences, type Scored } from '../decide/calibration.js';
import type { PhotoCalibration } from '../decide/photo.js';
import { type Opinion, type Pooled, poolExclusive, poolIndependent } from '../decide/pool.js';
import { sigmoid } from '../decide/probability.js';
import type { Picture } from './picture/picture.js';
import type { Place } from './place.js';

/** What a photograph shows, in words whose chances add up to 1, and how sure it is that it is a photograph. */
export interface Photograph {
  readonly place: Place;
  readonly photograph: number;
  readonly shows: readonly { readonly text: string; readonly chance: number }[];
}

/** How labels are asked for, and by which constants a text's scores become chances. */
export interface Asked {
  /** Whether just one label can be right. */
  readonly exclusive: boolean;
  readonly calibration: Calibration;
}

/** Tokens of a text from which on it has as much to say as a sure photograph has. */
const FEW = 4;

/** What a request shows besides what it says. */
export interface Seen {
  readonly places: readonly Place[];
  /** What it shows, in words, each text once; whoever has them read hands their scores to `join`. */
  readonly texts: readonly string[];
  /** What is looked at by the engine itself, whose scores then go to `join`. */
  readonly pictures: readonly Picture[];
  /** What a request's text, if it has any, and its pictures say together; the text is the first of the sources. */
  join(own: (Scored & { tokens: number }) | undefined, read: readonly Scored[], asked: Asked): Pooled;
}

/** Pictures that an engine looks at itself: each says as much as its scores do. */
export class Pictures implements Seen {
  readonly texts: readonly string[] = [];
  readonly places: readonly Place[];
  readonly pictures: readonly Picture[];
  readonly #calibration: Calibration;

  constructor(shown: readonly { readonly place: Place; readonly thumbnail: Picture }[], calibration: Calibration) {
    this.places = shown.map(({ place }) => place);
    this.pictures = shown.map(({ thumbnail }) => thumbnail);
    this.#calibration = calibration;
  }

  join(own: (Scored & { tokens: number }) | undefined, read: readonly Scored[], asked: Asked): Pooled {
    const opinions = read.map((one) => ({
      chances: confidences(one, asked.exclusive, this.#calibration),
      evidence: 1,
    }));
    return pooled(own, opinions, asked);
  }
}

/** Photographs: what they show is read as text, and says what labels fit. */
export class Photographs implements Seen {
  readonly pictures: readonly Picture[] = [];
  readonly places: readonly Place[];
  readonly texts: readonly string[];
  readonly #photographs: readonly Photograph[];
  readonly #calibration: PhotoCalibration;

  constructor(photographs: readonly Photograph[], calibration: PhotoCalibration) {
    this.#photographs = photographs;
    this.#calibration = calibration;
    this.places = photographs.map(({ place }) => place);
    this.texts = [...new Set(photographs.flatMap(({ shows }) => shows.map(({ text }) => text)))];
  }

  join(own: (Scored & { tokens: number }) | undefined, read: readonly Scored[], asked: Asked): Pooled {
    const byText = new Map(this.texts.map((text, i) => [text, chancesOf(read[i] as Scored, asked)]));
    const opinions = this.#photographs.map(({ photograph, shows }): Opinion => {
      const labels = byText.get(shows[0]?.text ?? '')?.length ?? 0;
      const chances = Array.from({ length: labels }, (_, l) =>
        shows.reduce((sum, { text, chance }) => sum + chance * (byText.get(text)?.[l] ?? 0), 0),
      );
      return { chances: this.#meant(chances, asked.exclusive), evidence: photograph };
    });
    return pooled(own, opinions, asked);
  }

  #meant(chances: readonly number[], exclusive: boolean): number[] {
    const { classify, tag, detect } = this.#calibration;
    if (exclusive && chances.length > 1) {
      const raised = chances.map((chance) => chance ** classify.power);
      const total = raised.reduce((a, b) => a + b, 0);
      return raised.map((chance) => chance / total);
    }
    const { scale, bias } = chances.length === 1 ? detect : tag;
    return chances.map((chance) => {
      const inside = Math.min(1 - 1e-4, Math.max(1e-4, chance));
      return sigmoid(scale * Math.log(inside / (1 - inside)) + bias);
    });
  }
}

const chancesOf = (scored: Scored, { exclusive, calibration }: Asked): number[] =>
  confidences(scored, exclusive, calibration);

function pooled(own: (Scored & { tokens: number }) | undefined, opinions: readonly Opinion[], asked: Asked): Pooled {
  const text = own ? [{ chances: chancesOf(own, asked), evidence: own.tokens / (own.tokens + FEW) }] : [];
  const all = [...text, ...opinions];
  const single = (all[0]?.chances.length ?? 0) === 1;
  return asked.exclusive && !single ? poolExclusive(all) : poolIndependent(all);
}
