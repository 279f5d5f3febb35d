/** How a page is laid out, the right way up, as its file states it; lengths in any unit, one for all of a page. */
export interface Sheet {
  readonly width: number;
  readonly height: number;
  /** Height of the font of its usual letter; undefined where that is not known. */
  readonly letters?: number | undefined;
  /** Whether the program that made the file makes slides. */
  readonly bySlideProgram?: boolean;
}
