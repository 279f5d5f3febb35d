import { type Calibration, confidences, type Scored } from '../decide/calibration.js';
import type { Pooled } from '../decide/pool.js';
import { type Asked, opinionOf, pooled } from './opinions.js';
import type { Picture } from './picture/picture.js';
import type { Place } from './place.js';
import type { Seen, Sighting } from './seen.js';

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
