import { readFile } from 'node:fs/promises';
import { readBare } from '../pdf/bare.js';
import { offer } from './offer.js';

/** Reads the PDF at a path. */
offer(async (path: string) => readBare(new Uint8Array(await readFile(path))));
