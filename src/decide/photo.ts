/** Constants that make the chances of photographs mean something; see the model's card. */
export interface PhotoCalibration {
  /** Chances of labels that exclude one another are raised to this power. */
  readonly classify: { readonly power: number };
  /** `sigmoid(scale·log odds + bias)` of a label's chance. */
  readonly tag: { readonly scale: number; readonly bias: number };
  readonly detect: { readonly scale: number; readonly bias: number };
}
