import { ramp } from '../decide/ramp.js';
import { mean } from '../decide/statistics.js';
import type { Place } from './place.js';
import type { Sheet } from './sheet.js';
import { countWords } from './sparse.js';

/** A page or picture with its text. */
export interface LaidOut {
  readonly place: Place;
  readonly text: string;
  /** Whether it was read off a picture. */
  readonly ocr: boolean;
  readonly sheet: Sheet;
}

/** What slides are called, in the words by which labels that ask for them are known. */
export const SLIDES = 'slide deck, presentation slides';

/** A page's shape: the chance of slides where there is one page, two or more, and how many words are too many, and how few enough. */
interface Shape {
  readonly chances: readonly [one: number, two: number, more: number];
  readonly words: readonly [many: number, few: number];
}

/**
 * Made by a program for slides, of the shape of a screen, of paper that lies on its side as certificates and flyers do
 * too, and of paper that stands.
 */
const MADE: Shape = { chances: [0.7, 0.85, 0.95], words: [400, 150] };
const SCREEN: Shape = { chances: [0.7, 0.85, 0.95], words: [160, 60] };
const LYING: Shape = { chances: [0.5, 0.6, 0.85], words: [80, 35] };
const STANDING: Shape = { chances: [0, 0, 0.85], words: [40, 12] };
/** Cut out of something. */
const STRIP: Shape = { chances: [0, 0, 0], words: [40, 12] };

/** Width to height of what is projected, which paper has not, and of the widest page. */
const RATIOS = [4 / 3, 16 / 9, 16 / 10];
const WIDEST = 2;
/** From how many pages on more of them say no more. */
const SEVERAL = 3;
/** Sides are rounded to points or pixels, and a scanner cuts them. */
const EXACT = 0.01;
/** Font height to the page's shorter side: letters and tables are written so, and what is to be read from afar. */
const LETTERS = [0.018, 0.024] as const;

/**
 * The chance that pages are slides: wide, with a few large words each, and several of them. Pages without words say
 * nothing.
 */
export function chanceOfSlides(pages: readonly LaidOut[]): number {
  const written = pages.map((page) => ({ page, words: countWords(page.text) })).filter(({ words }) => words > 0);
  if (written.length === 0) return 0;
  return mean(written.map(({ page, words }) => chanceOfSlide(page, words, written.length)));
}

function chanceOfSlide({ sheet, ocr }: LaidOut, words: number, pages: number): number {
  const { width, height, letters, bySlideProgram } = sheet;
  const shape = shapeOf(sheet);
  const chance = (shape.chances[Math.min(pages, SEVERAL) - 1] ?? 0) * ramp(words, ...shape.words);
  // Where nothing is known of the letters, it takes more pages; of what OCR could not read, there may be much more.
  if (bySlideProgram || (shape === STANDING && !ocr)) return chance;
  if (letters === undefined) return pages < SEVERAL ? 0 : chance;
  return chance * ramp(letters / Math.min(width, height), ...LETTERS);
}

function shapeOf({ width, height, bySlideProgram }: Sheet): Shape {
  if (width > WIDEST * height) return STRIP;
  if (bySlideProgram) return MADE;
  if (width <= height) return STANDING;
  return RATIOS.some((ratio) => Math.abs(width / height / ratio - 1) < EXACT) ? SCREEN : LYING;
}
