/** What reading a PDF took, and gave. */
export interface PdfTime {
  readonly ms: number;
  readonly pages: number;
  readonly characters: number;
}

/** Reads all text of a PDF once. */
export type PdfTimer = (bytes: Uint8Array<ArrayBuffer>) => Promise<PdfTime>;
