import { readBare } from '../pdf/bare.js';
import { offer } from './offer.js';

/** Reads a PDF. */
offer(readBare);
