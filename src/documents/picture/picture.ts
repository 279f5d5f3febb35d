/** A picture, upright, on white where nothing was drawn. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  /** Four bytes a pixel: red, green, blue, and 255. */
  readonly rgba: Uint8ClampedArray;
}
