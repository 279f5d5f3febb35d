import { ClasserError, failure } from '../contract/errors.js';
import { type DocumentFile, documentFailure } from '../contract/file.js';
import { once } from '../contract/once.js';
import { Seen, type Sighting } from '../documents/seen.js';
import type { DocumentText } from '../documents/text.js';
import type { ReadFile } from '../engines/assets.js';
import { type OpenGraph, PhotoClassifier } from '../engines/photo/classifier.js';
import type { DocumentSettings } from './lazy-documents.js';

/** Looks at the pictures of some files. Rejects with DOCUMENT_ERROR where one has neither text nor anything to be seen. */
export type Look = (text: DocumentText, files: readonly DocumentFile[], signal: AbortSignal) => Promise<DocumentText>;

/** Chance from which on a picture counts as a photograph: below it only its kind is told, and only of a file without text. */
const PHOTOGRAPH = 0.5;

/** What looks at photographs; its model is loaded when the first picture comes. */
export function photographs({ photo, urls }: DocumentSettings, read: ReadFile, openGraph?: OpenGraph): Look {
  const classifier = once(async () =>
    photo && openGraph ? PhotoClassifier.open(photo, urls.photo, read, openGraph) : undefined,
  );
  return async (text, files, signal) => {
    const eye = text.shown.length > 0 ? await classifier() : undefined;
    const found: Sighting[] = [];
    const silent = new Set(text.silent);
    for (const { file, place, thumbnail } of eye ? text.shown : []) {
      signal.throwIfAborted();
      const sight = await eye?.look(thumbnail, signal);
      if (!sight) continue;
      const { photograph, shows, others } = sight;
      if (photograph >= PHOTOGRAPH) found.push({ place, photograph, shows });
      else if (text.silent.has(file)) found.push({ place, shows: others });
      silent.delete(file);
    }
    for (const file of silent) throw ofImage(NOTHING, files[file]?.image);
    return found.length > 0 && photo ? { ...text, seen: new Seen(found, photo.calibration) } : text;
  };
}

const NOTHING = documentFailure(
  'empty',
  'The file has no text: nothing is written on it that can be read, and there is no model that looks at pictures.',
);

/** What is wrong with a picture is said of that picture. */
export function ofImage(error: unknown, image: number | undefined): unknown {
  if (image === undefined || !ClasserError.is(error) || error.details?.field !== 'file') return error;
  return failure(error.code, error.message, { ...error.details, field: 'image', image }, error);
}
