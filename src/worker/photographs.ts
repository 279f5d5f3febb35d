import { ClasserError, failure } from '../contract/errors.js';
import { type DocumentFile, documentFailure } from '../contract/file.js';
import { once } from '../contract/once.js';
import { Described } from '../documents/described.js';
import { chanceOfSlides, SLIDES } from '../documents/form.js';
import { Pictures } from '../documents/pictures.js';
import type { Place } from '../documents/place.js';
import type { Sighting } from '../documents/seen.js';
import type { DocumentText } from '../documents/text.js';
import type { ReadFile } from '../engines/assets.js';
import type { Effort } from '../engines/engine.js';
import type { ClipModel } from '../engines/manifest.js';
import { type OpenGraph, PhotoClassifier } from '../engines/photo/classifier.js';
import type { DocumentSettings } from './lazy-documents.js';

/** Looks at the pictures of some files. Rejects with DOCUMENT_ERROR where one has neither text nor anything to be seen. */
export type Look = (text: DocumentText, files: readonly DocumentFile[], effort: Effort) => Promise<DocumentText>;

/** Chance from which on a picture counts as a photograph: below it only its kind is told, and only of a file without text. */
const PHOTOGRAPH = 0.5;

/** What looks at photographs; its model is loaded when the first picture comes. */
export function photographs(
  { photo, eye: looking, urls }: DocumentSettings,
  read: ReadFile,
  openGraph?: OpenGraph,
): Look {
  const classifier = once(async () =>
    photo && openGraph ? PhotoClassifier.open(photo, urls.photo, read, openGraph) : undefined,
  );
  if (looking) return async (text, files) => withPictures(text, files, looking);
  return async (text, files, effort) => {
    const eye = text.shown.length > 0 ? await classifier() : undefined;
    const found: Sighting[] = [];
    const silent = new Set(text.silent);
    for (const { file, place, thumbnail } of eye ? text.shown : []) {
      effort.signal.throwIfAborted();
      const sight = await eye?.look(thumbnail, effort);
      if (!sight) continue;
      const { photograph, shows, others } = sight;
      if (photograph >= PHOTOGRAPH) found.push({ place, photograph, shows });
      else if (text.silent.has(file)) found.push({ place, shows: others });
      silent.delete(file);
    }
    for (const file of silent) throw ofImage(NOTHING, files[file]?.image);
    found.push(...formsOf(text, found));
    return found.length > 0 ? { ...text, seen: new Described(found, photo?.calibration) } : text;
  };
}

/** The form of the pages, where they have one; photographs with some words are no pages. */
function formsOf({ sheets }: DocumentText, found: readonly Sighting[]): Sighting[] {
  const seen = new Set(found.filter(({ photograph }) => photograph !== undefined).map(({ place }) => keyOf(place)));
  const pages = sheets.filter(({ place }) => !seen.has(keyOf(place)));
  const form = chanceOfSlides(pages);
  const [first] = pages;
  return first && form > 0 ? [{ place: first.place, form, shows: [{ text: SLIDES, chance: 1 }] }] : [];
}

const keyOf = (place: Place): string => JSON.stringify(place);

/** Every picture is left to the engine, which looks at it under the labels. */
function withPictures(text: DocumentText, files: readonly DocumentFile[], { calibration }: ClipModel): DocumentText {
  const seen = new Set(text.shown.map(({ file }) => file));
  for (const file of text.silent) if (!seen.has(file)) throw ofImage(NOTHING, files[file]?.image);
  return text.shown.length > 0 ? { ...text, seen: new Pictures(text.shown, calibration) } : text;
}

const NOTHING = documentFailure(
  'empty',
  'The file has no text: nothing is written on it that can be read, and there is no model that looks at pictures.',
);

/** What is wrong with a picture is said of that picture, by its number from 1. */
export function ofImage(error: unknown, image: number | undefined): unknown {
  if (image === undefined || !ClasserError.is(error) || error.details?.field !== 'file') return error;
  return failure(error.code, `Image ${image}: ${error.message}`, { ...error.details, field: 'image', image }, error);
}
