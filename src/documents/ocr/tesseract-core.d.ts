declare module 'tesseract.js-core/tesseract-core-simd-lstm.js' {
  /** What of Tesseract's C++ interface is used. */
  export interface TessBaseAPI {
    /** 0 when it can read by the data of these languages, joined by `+`; mode 1 is the neural one. */
    Init(folder: null, languages: string, mode: number): number;
    SetVariable(name: string, value: string): boolean;
    SetPageSegMode(mode: number): void;
    /** Takes `/input`, turned by radians; 0 when it is a picture. */
    SetImageFile(orientation: number, radians: number): number;
    /** Lays the page out, which tells how it is skewed. */
    FindLines(): number;
    GetGradient(): number;
    Recognize(monitor: null): number;
    GetTSVText(page: number): string;
    Clear(): void;
  }

  export interface TesseractModule {
    readonly FS: { writeFile(path: string, content: Uint8Array): void; unlink(path: string): void };
    readonly TessBaseAPI: new () => TessBaseAPI;
    TesseractProgress?: (percent: number) => void;
  }

  export default function TesseractCore(settings: {
    wasmBinary: Uint8Array;
    print: (line: string) => void;
    printErr: (line: string) => void;
  }): Promise<TesseractModule>;
}
