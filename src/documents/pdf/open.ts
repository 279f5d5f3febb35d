import 'pdfjs-dist/legacy/build/pdf.worker.mjs';
import {
  getDocument,
  type PDFDocumentLoadingTask,
  type PDFDocumentProxy,
  VerbosityLevel,
} from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { DocumentInitParameters } from 'pdfjs-dist/types/src/display/api.js';
import { documentFailure } from '../../contract/file.js';
import { unpack } from './packed.js';

/** Fetches a file that holds others. */
export type Packed = () => Promise<Uint8Array<ArrayBuffer>>;

/** An open PDF, and what must be destroyed in the end. */
export interface OpenPdf {
  readonly pdf: PDFDocumentProxy;
  readonly task: PDFDocumentLoadingTask;
}

/** How a PDF is opened, besides its password. */
export interface PdfSettings extends Partial<DocumentInitParameters> {
  /** Which file holds what pdf.js asks for; anything else is refused. */
  readonly packed: Readonly<Record<string, Packed>>;
}

/** Opens a PDF; throws DOCUMENT_ERROR when it is encrypted or broken. */
export async function openPdf(
  data: Uint8Array<ArrayBuffer>,
  password: string | undefined,
  { packed, ...settings }: PdfSettings,
): Promise<OpenPdf> {
  const task = getDocument({
    data,
    ...(password !== undefined && { password }),
    ...COMMON,
    ...settings,
    BinaryDataFactory: class {
      async fetch({ kind, filename }: { kind: string; filename: string }): Promise<Uint8Array> {
        const file = packed[kind];
        if (!file) throw new Error(`${filename} is not needed.`);
        return unpack(await file(), filename);
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

const COMMON = {
  verbosity: VerbosityLevel.ERRORS,
  isEvalSupported: false,
  useWorkerFetch: false,
  // Glyphs are drawn as paths: fonts need neither a page nor a system that has some.
  disableFontFace: true,
  fontExtraProperties: false,
  // What Node has not is not used in pages either: both draw alike.
  isOffscreenCanvasSupported: false,
  isImageDecoderSupported: false,
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
