import { openOurs } from '../pdf/ours.js';
import { offer } from './offer.js';

const read = openOurs('/dist/pdf.js');

/** Reads a PDF. */
offer(async (bytes: Uint8Array<ArrayBuffer>) => (await read)(bytes));
