import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../folders.js';
import { openOurs } from '../pdf/ours.js';
import { offer } from './offer.js';

const read = await openOurs(pathToFileURL(join(root, 'dist/pdf.js')).href);

/** Reads the PDF at a path. */
offer(async (path: string) => read(new Uint8Array(await readFile(path))));
