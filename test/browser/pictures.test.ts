import { documentUrls } from '../../src/client/platform.js';
import type { DocumentModule } from '../../src/worker/lazy-documents.js';
import { pictureCases } from '../support/pictures/picture-cases.js';

const urls = documentUrls('documents', (path) => new URL(`/${path}`, location.href).href);
const { openDocuments }: DocumentModule = await import(/* @vite-ignore */ urls.thread);

pictureCases(openDocuments({ urls, policy: 'none' }));
