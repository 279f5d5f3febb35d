import { fileCases } from '../support/documents/file-cases.js';

fileCases();
