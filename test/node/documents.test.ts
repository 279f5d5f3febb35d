import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { documentUrls } from '../../src/client/platform.js';
import type { DocumentModule } from '../../src/worker/lazy-documents.js';
import { expectDocument } from '../support/documents/expect-document.js';
import { DOCUMENTS } from '../support/documents/table.js';

const urls = documentUrls('documents-node', (path) => pathToFileURL(path).href);
const { openDocuments }: DocumentModule = await import(/* @vite-ignore */ urls.thread);
const documents = openDocuments({ urls, policy: 'none' });

test('there are at least 40 files', () => {
  expect(DOCUMENTS.length).toBeGreaterThanOrEqual(40);
});

test.for([...DOCUMENTS])('$name', (row) => expectDocument(documents, row));
