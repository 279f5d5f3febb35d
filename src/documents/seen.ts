import { type Calibration, confidences, type Scored } from '../decide/calibration.js';
import type { PhotoCalibration } from '../decide/photo.js';
import { type Opinion, type Pooled, poolExclusive, poolIndependent } from '../decide/pool.js';
import { sigmoid } from '../decide/probability.js';
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

/** The photographs of a request: what they show is read as text, and says what labels fit. */
export class Seen {
  readonly places: readonly Place[];
  /** What the photographs show, each text once; whoever has them read hands their scores to `join`. */
  readonly texts: readonly string[];
  readonly #photographs: readonly Photograph[];
  readonly #calibration: PhotoCalibration;

  constructor(photographs: readonly Photograph[], calibration: PhotoCalibration) {
    this.#photographs = photographs;
    this.#calibration = calibration;
    this.places = photographs.map(({ place }) => place);
    this.texts = [...new Set(photographs.flatMap(({ shows }) => shows.map(({ text }) => text)))];
  }

  /** What a request's text, if it has any, and its photographs say together; the text is the first of the sources. */
  join(own: (Scored & { tokens: number }) | undefined, read: readonly Scored[], asked: Asked): Pooled {
    const chancesOf = (scored: Scored) => confidences(scored, asked.exclusive, asked.calibration);
    const byText = new Map(this.texts.map((text, i) => [text, chancesOf(read[i] as Scored)]));
    const text: Opinion[] = own ? [{ chances: chancesOf(own), evidence: own.tokens / (own.tokens + FEW) }] : [];
    const opinions = this.#photographs.map(({ photograph, shows }): Opinion => {
      const labels = byText.get(shows[0]?.text ?? '')?.length ?? 0;
      const chances = Array.from({ length: labels }, (_, l) =>
        shows.reduce((sum, { text, chance }) => sum + chance * (byText.get(text)?.[l] ?? 0), 0),
      );
      return { chances: this.#meant(chances, asked.exclusive), evidence: photograph };
    });
    const all = [...text, ...opinions];
    const single = (all[0]?.chances.length ?? 0) === 1;
    return asked.exclusive && !single ? poolExclusive(all) : poolIndependent(all);
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
