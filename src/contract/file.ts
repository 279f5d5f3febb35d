import { type Fields, kindOf, optionalString } from './checks.js';
import { type ClasserError, failure, invalid } from './errors.js';
import { LIMITS } from './limits.js';

/** A file as a request gives it: URL, data URL or base64, or the bytes themselves. */
export type FileContent = string | Blob | BufferSource;

/** A request's `file` or one of its pictures, checked for its type only: what is in it is found where it is read. */
export interface DocumentFile {
  readonly content: FileContent;
  readonly password: string | undefined;
  /** Its number from 1 where it is one of a request's pictures. */
  readonly image?: number;
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
  return { content: contentOf(file, 'file'), password };
}

/** The pictures of a request: one, or a list. */
export function checkImages({ image }: Fields): DocumentFile[] {
  if (image === undefined || image === null) return [];
  const images: readonly unknown[] = Array.isArray(image) ? image : [image];
  if (images.length >= 1 && images.length <= LIMITS.images) {
    return images.map((one, i) => ({ content: contentOf(one, 'image'), password: undefined, image: i + 1 }));
  }
  throw invalid('image', `image must have 1 to ${LIMITS.images} entries; this has ${images.length}.`);
}

/** What `fetch` could send, of any realm. */
function contentOf(file: unknown, field: 'file' | 'image'): FileContent {
  const given = typeof file === 'string' || ArrayBuffer.isView(file);
  if (!given && !/ (ArrayBuffer|Blob|File)\]/.test(Object.prototype.toString.call(file))) {
    throw invalid(field, `${field} must be a string, a Blob or bytes, not ${kindOf(file)}.`);
  }
  const content = file as FileContent;
  // Base64 has a third more, and line breaks; exactly it is counted where it is read.
  const {
    length = 0,
    byteLength = length,
    size = byteLength,
  }: { length?: number; byteLength?: number; size?: number } = content;
  if (size <= 1.5 * LIMITS.fileBytes) return content;
  throw failure('DOCUMENT_ERROR', `${field} has over ${LIMITS.fileBytes} bytes.`, { field, reason: 'too_large' });
}

/** True for a file that is named by where it lies, and fetched from there. */
export const isUrl = (content: FileContent): content is string =>
  typeof content === 'string' && /^\s*(?!data:)[a-z][a-z0-9+.-]*:/i.test(content.slice(0, 64));

/** The bytes of a file that was not given as a string: a copy of what they are now. */
export const readBytes = async (content: Exclude<FileContent, string>): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(await new Response(content).arrayBuffer());

/** The error of a file that is not read: the contract's DOCUMENT_ERROR. */
export const documentFailure = (reason: Reason, message: string, cause?: unknown): ClasserError =>
  failure('DOCUMENT_ERROR', message, { field: 'file', reason }, cause);
