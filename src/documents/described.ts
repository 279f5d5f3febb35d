import { independent, type Scored } from '../decide/calibration.js';
import type { PhotoCalibration } from '../decide/photo.js';
import type { Opinion, Pooled } from '../decide/pool.js';
import { sigmoid } from '../decide/probability.js';
import { proper } from '../decide/proper.js';
import { ramp } from '../decide/ramp.js';
import { type Asked, chancesOf, isChoice, opinionOf, pooled } from './opinions.js';
import type { Picture } from './picture/picture.js';
import type { Seen, Sighting } from './seen.js';

/** What the kind of a picture says of labels is little: this share of it counts, and the rest knows nothing. */
const KIND = 0.5;

/**
 * Chance that a label fits the words for a form of document from which on it asks for such documents, first in part
 * and then wholly: what labels that ask for anything else have by chance stays below.
 */
const ASKS = [0.93, 0.945] as const;

/** How much more sure facts of a form have to say than words, which tell what a document is about rather than what it is. */
const FACTS = 2;

/** Pictures and forms of documents that are known in words: these are read as text, and say what labels fit. */
export class Described implements Seen {
  readonly sightings: readonly Sighting[];
  readonly pictures: readonly Picture[] = [];
  readonly texts: readonly string[];
  readonly #photographs: readonly Sighting[];
  readonly #forms: readonly Sighting[];
  readonly #others: readonly Sighting[];
  readonly #calibration: PhotoCalibration | undefined;

  /** Photographs take a calibration. */
  constructor(sightings: readonly Sighting[], calibration: PhotoCalibration | undefined) {
    this.#photographs = sightings.filter(({ photograph }) => photograph !== undefined);
    this.#forms = sightings.filter(({ form }) => form !== undefined);
    this.#others = sightings.filter(({ photograph, form }) => photograph === undefined && form === undefined);
    this.#calibration = calibration;
    this.sightings = [...this.#photographs, ...this.#forms, ...this.#others];
    this.texts = [...new Set(sightings.flatMap(({ shows }) => shows.map(({ text }) => text)))];
  }

  /** Only where there is neither text nor photograph, the kinds of other pictures say something. */
  join(own: (Scored & { tokens: number }) | undefined, read: readonly Scored[], asked: Asked): Pooled {
    const byText = new Map(this.texts.map((text, i) => [text, read[i] as Scored]));
    const said = ({ shows }: Sighting, as: (scored: Scored) => number[]): number[] => {
      const rows = shows.map(({ text, chance }) => as(byText.get(text) as Scored).map((one) => chance * one));
      return (rows[0] ?? []).map((_, l) => rows.reduce((sum, row) => sum + (row[l] ?? 0), 0));
    };
    const meant = (one: Sighting) => said(one, (scored) => chancesOf(scored, asked));
    const photographs = this.#photographs.map((one): Opinion => {
      return { chances: this.#calibrated(meant(one), asked), evidence: one.photograph ?? 0 };
    });
    const known = [...opinionOf(own, asked), ...photographs];
    if (known.length === 0) {
      const kinds = pooled(
        this.#others.map((one) => ({ chances: meant(one), evidence: 1 })),
        asked,
      );
      return { ...kinds, chances: doubted(kinds.chances, KIND, asked) };
    }
    const forms = this.#forms.flatMap((one) => {
      const fits = said(one, (scored) => independent(scored, asked.calibration.detect));
      return formed(meant(one), fits, one.form ?? 0, asked);
    });
    return pooled([...known, ...forms], asked);
  }

  #calibrated(chances: readonly number[], asked: Asked): number[] {
    if (!this.#calibration) return [...chances];
    const { classify, tag, detect } = this.#calibration;
    if (isChoice(chances.length, asked)) return proper(chances.map((chance) => chance ** classify.power));
    const { scale, bias } = chances.length === 1 ? detect : tag;
    return chances.map((chance) => {
      const inside = Math.min(1 - 1e-4, Math.max(1e-4, chance));
      return sigmoid(scale * Math.log(inside / (1 - inside)) + bias);
    });
  }
}

/** What a form says of labels, of which those count that ask for it; of any number of labels none is held against another. */
function formed(chances: readonly number[], fits: readonly number[], form: number, asked: Asked): Opinion[] {
  const counts = fits.map((fit) => form * ramp(fit, ...ASKS));
  const most = Math.max(...counts);
  if (most === 0) return [];
  if (isChoice(chances.length, asked)) return [{ chances: doubted(chances, most, asked), evidence: FACTS * most }];
  return [{ chances: chances.map((chance, l) => (counts[l] ?? 0) * chance), evidence: 1 }];
}

/** Chances of which a share is believed: of labels that exclude one another the rest goes to all of them alike. */
const doubted = (chances: readonly number[], share: number, asked: Asked): number[] =>
  chances.map((chance) => share * chance + (isChoice(chances.length, asked) ? (1 - share) / chances.length : 0));
