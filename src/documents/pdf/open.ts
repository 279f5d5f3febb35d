import 'pdfjs-dist/legacy/build/pdf.worker.mjs';
import {
  getDocument,
  type PDFDocumentLoadingTask,
  type PDFDocumentProxy,
  VerbosityLevel,
} from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { DocumentInitParameters } from 'pdfjs-dist/types/src/display/api.js';
import { documentFailure } from '../../contract/file.js';
import { findCharMap } from './char-maps.js';

/** What reading a PDF takes besides its bytes. */
export interface PdfOptions {
  readonly password: string | undefined;
  readonly charMaps: () => Promise<Uint8Array<ArrayBuffer>>;
}

/** An open PDF, and what must be destroyed in the end. */
export interface OpenPdf {
  readonly pdf: PDFDocumentProxy;
  readonly task: PDFDocumentLoadingTask;
}

/** Opens a PDF; throws DOCUMENT_ERROR when it is encrypted or broken. */
export async function openPdf(bytes: Uint8Array<ArrayBuffer>, { password, charMaps }: PdfOptions): Promise<OpenPdf> {
  const task = getDocument({
    data: bytes,
    ...(password !== undefined && { password }),
    ...SETTINGS,
    BinaryDataFactory: class {
      async fetch({ kind, filename }: { kind: string; filename: string }): Promise<Uint8Array> {
        // Fonts and decoders are for pictures of pages.
        if (kind !== 'cMapUrl') throw new Error(`${filename} is not needed for text.`);
        return findCharMap(await charMaps(), filename);
      }
    },
  } as DocumentInitParameters);
  try {
    return { pdf: await task.promise, task };
  } catch (cause) {
    await task.destroy().catch(() => undefined);
    throw asRefusal(cause, password);
  }
}

const SETTINGS = {
  verbosity: VerbosityLevel.ERRORS,
  isEvalSupported: false,
  useWorkerFetch: false,
  useSystemFonts: true,
  disableFontFace: true,
  fontExtraProperties: false,
  isOffscreenCanvasSupported: false,
  isImageDecoderSupported: false,
  useWasm: false,
  cMapPacked: true,
};

function asRefusal(cause: unknown, password: string | undefined): Error {
  const { name, message } = cause as Error;
  if (name === 'PasswordException') {
    const say = password === undefined ? 'send its password as password' : 'the password that was sent is not right';
    return documentFailure('encrypted', `The PDF is encrypted; ${say}.`, cause);
  }
  return documentFailure('corrupt', `The PDF is broken (${message}); open it in a viewer and save it anew.`, cause);
}
