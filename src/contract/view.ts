/** The kernels of Pillow's resampling that models were trained with. */
export type Filter = 'box' | 'triangle' | 'hamming' | 'cubic' | 'lanczos';

/** How a picture is made as large as a model takes it: resized, and then its middle is cut out. */
export interface View {
  /** Pixels of what the model takes. */
  readonly width: number;
  readonly height: number;
  /** Pixels that the whole picture is resized to; `shortest` is its shorter side, and the other follows. */
  readonly resize: { readonly width: number; readonly height: number } | { readonly shortest: number };
  readonly filter: Filter;
}
