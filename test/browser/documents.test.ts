import { test } from 'vitest';
import type { DocumentModule } from '../../src/worker/lazy-documents.js';
import { expectDocument } from '../support/documents/expect-document.js';
import { DOCUMENTS } from '../support/documents/table.js';

const at = (file: string) => new URL(`/dist/${file}`, location.href).href;
const urls = { thread: at('documents.js'), pdf: at('pdf.js'), docx: at('docx.js'), charMaps: at('pdf-char-maps.bin') };
const { openDocuments }: DocumentModule = await import(/* @vite-ignore */ urls.thread);
const documents = openDocuments({ urls, policy: 'none' });

test.for([...DOCUMENTS])('$name', (row) => expectDocument(documents, row));
