import { describe } from 'vitest';
import { urgencyCases } from '../support/urgency-cases.js';

describe('what is urgent goes first, in a page', urgencyCases);
