import { test } from 'vitest';
import { documentUrls } from '../../src/client/platform.js';
import type { DocumentModule } from '../../src/worker/lazy-documents.js';
import { expectDocument } from '../support/documents/expect-document.js';
import { DOCUMENTS } from '../support/documents/table.js';

const urls = documentUrls('documents', (path) => new URL(`/${path}`, location.href).href);
const { openDocuments }: DocumentModule = await import(/* @vite-ignore */ urls.thread);
const documents = openDocuments({ urls, policy: 'none' });

test.for([...DOCUMENTS])('$name', (row) => expectDocument(documents, row));
