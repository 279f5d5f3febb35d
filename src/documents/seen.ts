import type { Scored } from '../decide/calibration.js';
import type { Pooled } from '../decide/pool.js';
import type { Asked } from './opinions.js';
import type { Picture } from './picture/picture.js';
import type { Place } from './place.js';

/** What a photograph shows, or what a picture or a document is, in words whose chances add up to 1. */
export interface Sighting {
  readonly place: Place;
  /** How sure it is that it is a photograph; undefined where it is none. */
  readonly photograph?: number;
  /** How sure it is that the pages are laid out as such a document's are; undefined for what a picture is. */
  readonly form?: number;
  readonly shows: readonly { readonly text: string; readonly chance: number }[];
}

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
