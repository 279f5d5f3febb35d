import { type Fields, kindOf, optionalString } from './checks.js';
import { type ClasserError, failure, invalid } from './errors.js';
import { LIMITS } from './limits.js';

/** A file as a request gives it: URL, data URL or base64, or the bytes themselves. */
export type FileContent = string | Uint8Array<ArrayBuffer> | Blob;

/** A request's `file`, checked for its type only: what is in it is found where it is read. */
export interface DocumentFile {
  readonly content: FileContent;
  readonly password: string | undefined;
}

/** Why a file is not read. */
export type Reason = 'encrypted' | 'corrupt' | 'empty' | 'unsupported' | 'too_many_pages' | 'too_large';

/** Which URLs files are fetched from: all, none of private networks, or none at all. */
export type UrlPolicy = 'any' | 'public' | 'none';
export const isUrlPolicy = (value: string): value is UrlPolicy => /^(any|public|none)$/.test(value);

/** The `file` of a request with its `password`; undefined when there is none. */
export function checkFile(fields: Fields): DocumentFile | undefined {
  const { file } = fields;
  const password = optionalString(fields, 'password');
  if (file === undefined || file === null) return undefined;
  const content = contentOf(file);
  // Base64 has a third more, and line breaks; exactly it is counted where it is read.
  const { length = 0, size = length }: { length?: number; size?: number } = content;
  if (size > 1.5 * LIMITS.fileBytes) throw documentFailure('too_large', `file has over ${LIMITS.fileBytes} bytes.`);
  return { content, password };
}

/** True for a file that is named by where it lies, and fetched from there. */
export const isUrl = (content: FileContent): content is string =>
  typeof content === 'string' && /^\s*(?!data:)[a-z][a-z0-9+.-]*:/i.test(content.slice(0, 64));

function contentOf(file: unknown): FileContent {
  if (typeof file === 'string') return file;
  // Of any realm. The bytes are the caller's, who may change them while we wait.
  if (ArrayBuffer.isView(file)) return new Uint8Array(file.buffer, file.byteOffset, file.byteLength).slice();
  const type = Object.prototype.toString.call(file);
  if (/ ArrayBuffer/.test(type)) return new Uint8Array(file as ArrayBuffer).slice();
  if (/ (Blob|File)/.test(type)) return file as Blob;
  throw invalid('file', `file must be a string, a Blob or bytes, not ${kindOf(file)}.`);
}

/** The error of a file that is not read: the contract's DOCUMENT_ERROR. */
export const documentFailure = (reason: Reason, message: string, cause?: unknown): ClasserError =>
  failure('DOCUMENT_ERROR', message, { field: 'file', reason }, cause);
