import type { UrlPolicy } from '../contract/file.js';
import type { PictureReader } from '../documents/legible.js';
import type { Canvases } from '../documents/picture/canvas.js';
import type { Readers } from '../documents/read.js';
import type { FetchFile } from '../documents/source.js';
import type { DocumentSettings } from './lazy-documents.js';

/** What differs between a browser's thread and Node's. */
export interface Environment {
  /** Fetches what is a part of this package, or what an option names. */
  fetchAsset(url: string): Promise<Uint8Array<ArrayBuffer>>;
  fetchDocument(policy: UrlPolicy): FetchFile;
  canvases(): Promise<Canvases | undefined>;
}

/** The readers of a thread, which keeps what reads pictures from one file to the next. */
export function readersIn({ fetchAsset, fetchDocument, canvases }: Environment) {
  let ocr: Promise<PictureReader> | undefined;
  return ({ urls, policy, eye }: DocumentSettings): Readers => {
    const openOcr = async (): Promise<PictureReader> => {
      const { Ocr } = await import(/* @vite-ignore */ urls.pictures);
      const languages = () => Promise.all(urls.ocrLanguages.map(fetchAsset));
      return new Ocr({ core: () => fetchAsset(urls.ocrCore), languages });
    };
    return {
      pdf: () => import(/* @vite-ignore */ urls.pdf),
      docx: () => import(/* @vite-ignore */ urls.docx),
      pictures: () => import(/* @vite-ignore */ urls.pictures),
      ocr() {
        ocr ??= openOcr().catch((fault: unknown) => {
          ocr = undefined;
          throw fault;
        });
        return ocr;
      },
      canvases,
      charMaps: () => fetchAsset(urls.charMaps),
      drawing: () => fetchAsset(urls.drawing),
      view: eye?.image.view,
      fetchFile: fetchDocument(policy),
    };
  };
}
