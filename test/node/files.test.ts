import { pathToFileURL } from 'node:url';
import { fileCases } from '../support/documents/file-cases.js';

fileCases(pathToFileURL('dist/').href);
