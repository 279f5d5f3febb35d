import { describe } from 'vitest';
import { nliCases } from '../support/nli-cases.js';

describe('the embedded model that infers, in a page', () =>
  nliCases(async (path) => (await fetch(`/models/${path}`)).json()));
