import { type Calibration, confidences, type Scored } from '../decide/calibration.js';
import type { PhotoCalibration } from '../decide/photo.js';
import { type Opinion, type Pooled, poolExclusive, poolIndependent } from '../decide/pool.js';
import { sigmoid } from '../decide/probability.js';
import type { Place } from './place.js';

/** What a photograph shows, or what a picture is that is none, in words whose chances add up to 1. */
export interface Sighting {
  readonly place: Place;
  /** How sure it is that it is a photograph; undefined where it is none. */
  readonly photograph?: number;
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

/** What the kind of a picture says of labels is little: this share of it counts, and the rest knows nothing. */
const KIND = 0.5;

/** The pictures of a request: what they show is read as text, and says what labels fit. */
export class Seen {
  /** In the order of the sources that `join` weighs after the text. */
  readonly sightings: readonly Sighting[];
  /** What the pictures show, each text once; whoever has them read hands their scores to `join`. */
  readonly texts: readonly string[];
  readonly #photographs: readonly Sighting[];
  readonly #others: readonly Sighting[];
  readonly #calibration: PhotoCalibration;

  constructor(sightings: readonly Sighting[], calibration: PhotoCalibration) {
    this.#photographs = sightings.filter(({ photograph }) => photograph !== undefined);
    this.#others = sightings.filter(({ photograph }) => photograph === undefined);
    this.#calibration = calibration;
    this.sightings = [...this.#photographs, ...this.#others];
    this.texts = [...new Set(sightings.flatMap(({ shows }) => shows.map(({ text }) => text)))];
  }

  /**
   * What a request's text, if it has any, and its photographs say together; the text is the first of the sources. Only
   * where there is neither, the kinds of its other pictures say something.
   */
  join(own: (Scored & { tokens: number }) | undefined, read: readonly Scored[], asked: Asked): Pooled {
    const chancesOf = (scored: Scored) => confidences(scored, asked.exclusive, asked.calibration);
    const byText = new Map(this.texts.map((text, i) => [text, chancesOf(read[i] as Scored)]));
    const text: Opinion[] = own ? [{ chances: chancesOf(own), evidence: own.tokens / (own.tokens + FEW) }] : [];
    const said = ({ shows }: Sighting): number[] => {
      const labels = byText.get(shows[0]?.text ?? '')?.length ?? 0;
      return Array.from({ length: labels }, (_, l) =>
        shows.reduce((sum, { text, chance }) => sum + chance * (byText.get(text)?.[l] ?? 0), 0),
      );
    };
    const photographs = this.#photographs.map((one): Opinion => {
      return { chances: this.#meant(said(one), asked.exclusive), evidence: one.photograph ?? 0 };
    });
    const known = [...text, ...photographs];
    const all = known.length > 0 ? known : this.#others.map((one) => ({ chances: said(one), evidence: 1 }));
    const single = (all[0]?.chances.length ?? 0) === 1;
    const exclusive = asked.exclusive && !single;
    const pooled = exclusive ? poolExclusive(all) : poolIndependent(all);
    return known.length > 0 ? pooled : { ...pooled, chances: doubted(pooled.chances, exclusive) };
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

/** Chances of which little is believed: of labels that exclude one another the rest goes to all of them alike. */
const doubted = (chances: readonly number[], exclusive: boolean): number[] =>
  chances.map((chance) => KIND * chance + (exclusive ? (1 - KIND) / chances.length : 0));
