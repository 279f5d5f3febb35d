import { createClasser } from 'classer-local';
import { describe } from 'vitest';
import { pairCases } from '../support/pair-cases.js';

describe('models of pictures and texts, in a page', () =>
  pairCases({
    hub: () => `${location.origin}/hub`,
    create: (options) => createClasser({ ...options, store: `pairs-${crypto.randomUUID()}` }),
    golden: async () => (await fetch('/test/fixtures/pairs/golden.json')).json(),
  }));
