import { expect } from 'vitest';
import type { Documents } from '../../../src/documents/documents.js';
import { lines, pdf } from './pdf.js';
import type { DocumentRow } from './table.js';

const context = { signal: new AbortController().signal, urgency: 'interactive' as const, onPages: () => undefined };

/** The texts of a file's pages, or its error's reason and message. */
export async function readPages(documents: Documents, content: Uint8Array<ArrayBuffer>, password?: string) {
  const pages: string[] = [];
  try {
    for await (const { text, page } of documents.read({ content, password }, context)) {
      expect(page).toBe(pages.length + 1);
      pages.push(text);
    }
    return { pages };
  } catch (error) {
    const { code, message, details } = error as { code: string; message: string; details: Record<string, string> };
    expect({ code, field: details['field'] }, message).toEqual({ code: 'DOCUMENT_ERROR', field: 'file' });
    expect(message.length).toBeLessThan(400);
    return { reason: details['reason'], says: message };
  }
}

/** A check of one row against readers that go on after it. */
export async function expectDocument(documents: Documents, { file, password, want }: DocumentRow): Promise<void> {
  const found = await readPages(documents, await file(), password);
  expect(found).toEqual('pages' in want ? want : { reason: want.reason, says: expect.stringContaining(want.says) });
  expect(await readPages(documents, await pdf({ pages: [lines('still here')] }))).toEqual({ pages: ['still here'] });
}
