import { type Calibration, confidences, type Scored } from '../decide/calibration.js';
import type { PhotoCalibration } from '../decide/photo.js';
import { type Opinion, type Pooled, poolExclusive, poolIndependent } from '../decide/pool.js';
import { sigmoid } from '../decide/probability.js';
import { proper } from '../decide/proper.js';
import type { Picture } from './picture/picture.js';
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

/** What a request shows besides what it says. */
export interface Seen {
  /** In the order of the sources that `join` weighs after the text. */
  readonly sightings: readonly Sighting[];
  /** What it shows, in words, each text once; whoever has them read hands their scores to `join`. */
  readonly texts: readonly string[];
  /** What is looked at by the engine itself, whose scores then go to `join`. */
  readonly pictures: readonly Picture[];
  /** What a request's text, if it has any, and its pictures say together; the text is the first of the sources. */
  join(own: (Scored & { tokens: number }) | undefined, read: readonly Scored[], asked: Asked): Pooled;
}

/** Pictures that an engine looks at itself: each says as much as its scores do. */
export class Pictures implements Seen {
  readonly sightings: readonly Sighting[];
  readonly texts: readonly string[] = [];
  readonly pictures: readonly Picture[];
  readonly #calibration: Calibration;

  constructor(shown: readonly { readonly place: Place; readonly thumbnail: Picture }[], calibration: Calibration) {
    this.sightings = shown.map(({ place }) => ({ place, shows: [] }));
    this.pictures = shown.map(({ thumbnail }) => thumbnail);
    this.#calibration = calibration;
  }

  join(own: (Scored & { tokens: number }) | undefined, read: readonly Scored[], asked: Asked): Pooled {
    const opinions = read.map((one) => ({
      chances: confidences(one, asked.exclusive, this.#calibration),
      evidence: 1,
    }));
    return pooled([...opinionOf(own, asked), ...opinions], asked);
  }
}

/** Pictures whose content is known in words: these are read as text, and say what labels fit. */
export class Described implements Seen {
  readonly sightings: readonly Sighting[];
  readonly pictures: readonly Picture[] = [];
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

  /** Only where there is neither text nor photograph, the kinds of other pictures say something. */
  join(own: (Scored & { tokens: number }) | undefined, read: readonly Scored[], asked: Asked): Pooled {
    const byText = new Map(this.texts.map((text, i) => [text, chancesOf(read[i] as Scored, asked)]));
    const said = ({ shows }: Sighting): number[] => {
      const labels = byText.get(shows[0]?.text ?? '')?.length ?? 0;
      return Array.from({ length: labels }, (_, l) =>
        shows.reduce((sum, { text, chance }) => sum + chance * (byText.get(text)?.[l] ?? 0), 0),
      );
    };
    const photographs = this.#photographs.map((one): Opinion => {
      return { chances: this.#meant(said(one), asked.exclusive), evidence: one.photograph ?? 0 };
    });
    const known = [...opinionOf(own, asked), ...photographs];
    if (known.length > 0) return pooled(known, asked);
    const kinds = pooled(
      this.#others.map((one) => ({ chances: said(one), evidence: 1 })),
      asked,
    );
    return { ...kinds, chances: doubted(kinds.chances, asked.exclusive) };
  }

  #meant(chances: readonly number[], exclusive: boolean): number[] {
    const { classify, tag, detect } = this.#calibration;
    if (exclusive && chances.length > 1) {
      return proper(chances.map((chance) => chance ** classify.power));
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

/** What a text says, if there is one. */
const opinionOf = (own: (Scored & { tokens: number }) | undefined, asked: Asked): Opinion[] =>
  own ? [{ chances: chancesOf(own, asked), evidence: own.tokens / (own.tokens + FEW) }] : [];

const pooled = (all: readonly Opinion[], { exclusive }: Asked): Pooled =>
  exclusive && (all[0]?.chances.length ?? 0) > 1 ? poolExclusive(all) : poolIndependent(all);

/** Chances of which little is believed: of labels that exclude one another the rest goes to all of them alike. */
const doubted = (chances: readonly number[], exclusive: boolean): number[] =>
  chances.map((chance) => KIND * chance + (exclusive && chances.length > 1 ? (1 - KIND) / chances.length : 0));
