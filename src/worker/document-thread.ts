import type { DocumentFile } from '../contract/file.js';
import { type ErrorBody, errorToBody } from '../contract/wire.js';
import type { TextPart } from '../documents/part.js';
import { type Readers, readDocument } from '../documents/read.js';
import type { DocumentSettings } from './lazy-documents.js';

/** A file to be read, or the wish for its next part. */
export type DocumentRequest = 'next' | (DocumentSettings & { readonly file: DocumentFile });

/** What each request is answered with. */
export type DocumentReply = { readonly part: TextPart } | { readonly done: true } | { readonly error: ErrorBody };

/** What is said in between, while a page takes its time: pages that are done, with the share of the next one. */
export interface DocumentProgress {
  readonly progress: readonly [done: number, total: number];
}

/** The far side of a thread: one file at a time, part by part as they are asked for. */
export function serveDocuments(
  readersFor: (settings: DocumentSettings) => Readers,
  reply: (message: DocumentReply | DocumentProgress) => void,
): (request: DocumentRequest) => Promise<void> {
  let parts: AsyncGenerator<TextPart> | undefined;
  let ahead: Promise<IteratorResult<TextPart>> | undefined;
  const onPages = (done: number, total: number) => reply({ progress: [done, total] });
  return async (request) => {
    try {
      if (request !== 'next') {
        parts = readDocument(request.file, readersFor(request), onPages);
        ahead = parts.next();
      }
      const next = await ahead;
      // While the other side takes this part, the next one is read.
      ahead = parts?.next();
      ahead?.catch(() => undefined);
      reply(next && !next.done ? { part: next.value } : { done: true });
    } catch (error) {
      reply({ error: errorToBody(error) });
    }
  };
}
