import { pathToFileURL } from 'node:url';
import { documentUrls } from '../../src/client/platform.js';
import type { DocumentModule } from '../../src/worker/lazy-documents.js';
import { pictureCases } from '../support/pictures/picture-cases.js';

const urls = documentUrls('documents-node', (path) => pathToFileURL(path).href);
const { openDocuments }: DocumentModule = await import(/* @vite-ignore */ urls.thread);

pictureCases(openDocuments({ urls, policy: 'none' }));
