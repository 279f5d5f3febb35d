import { pathToFileURL } from 'node:url';
import { fileCases } from '../support/documents/file-cases.js';
import { slideCases } from '../support/documents/slide-cases.js';

fileCases(pathToFileURL('dist/').href);
slideCases();
