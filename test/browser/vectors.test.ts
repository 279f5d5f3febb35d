import { createClasser } from 'classer-local';
import { describe } from 'vitest';
import { IndexedDbStore } from '../../src/store/indexeddb/store.js';
import { vectorCases } from '../support/vector-cases.js';

const run = crypto.randomUUID();

describe('in a page', () =>
  vectorCases({
    create: (store, options) => createClasser({ ...options, store: `${store}-${run}` }),
    open: (store) => IndexedDbStore.open(`${store}-${run}`),
  }));
