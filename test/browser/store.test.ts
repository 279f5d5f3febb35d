import { describe, expect, test } from 'vitest';
import { IndexedDbStore } from '../../src/store/indexeddb/store.js';
import { storeCases } from '../support/store-cases.js';

const name = `classer-store-${crypto.randomUUID()}`;

describe('in IndexedDB', () => storeCases(() => IndexedDbStore.open(name), { shared: true }));

test('a database that is too new is refused, not changed', async () => {
  const newer = `${name}-newer`;
  await new Promise((resolve) => {
    const request = indexedDB.open(newer, 99);
    request.onsuccess = () => {
      request.result.close();
      resolve(undefined);
    };
  });
  await expect(IndexedDbStore.open(newer)).rejects.toMatchObject({ name: 'VersionError' });
});
