import { readFile } from 'node:fs/promises';
import { describe } from 'vitest';
import { nliCases } from '../support/nli-cases.js';

describe('the embedded model that infers, in Node', () =>
  nliCases(async (path) => JSON.parse(await readFile(`models/${path}`, 'utf8'))));
