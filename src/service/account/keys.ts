import { isFields, kindOf, optionalString, quote } from '../../contract/checks.js';
import { sha256 } from '../../contract/digest.js';
import { failure, invalid } from '../../contract/errors.js';
import { KEPT_LIMITS } from '../../contract/limits.js';
import { randomHex } from '../../contract/random.js';
import { refuseUnknown } from '../../contract/unknown.js';
import { readAll } from '../../store/damaged.js';
import type { Json, Store } from '../../store/store.js';

/** A key without its value. */
export interface KeyInfo {
  id: string;
  name: string;
  /** ISO 8601. */
  created_at: string;
}

/** A key that was just made; its value is shown this once and kept as a hash only. */
export interface NewKey extends KeyInfo {
  key: string;
}

interface Kept extends KeyInfo {
  readonly hash: string;
}

/** Whether a value is what is kept of a key. */
export const isKey = (value: unknown, id: string): boolean =>
  isFields(value) &&
  value['id'] === id &&
  ['name', 'created_at', 'hash'].every((one) => typeof value[one] === 'string');

/**
 * Keys for `classer serve --require-key`.
 *
 * @example
 * ```ts
 * import { createClasser } from 'classer-local';
 * const classer = createClasser({ store: 'memory' });
 * const { id, key } = await classer.keys.create({ name: 'laptop' });
 * console.log(key.startsWith('classer_'), (await classer.keys.list()).length); // true 1
 * await classer.keys.remove(id);
 * await classer.dispose();
 * ```
 */
export class Keys {
  readonly #store: () => Promise<Store>;

  /** @internal */
  constructor(store: () => Promise<Store>) {
    this.#store = store;
  }

  /** Makes a key; rejects with `VALIDATION_ERROR` for a bad name. */
  async create(request: { name: string }): Promise<NewKey> {
    if (!isFields(request)) throw failure('BAD_REQUEST', `A key's request must be an object, not ${kindOf(request)}.`);
    refuseUnknown(request, ['name']);
    const given = optionalString(request, 'name') ?? '';
    const name = given.trim();
    if (!name || [...given].length > KEPT_LIMITS.keyName) {
      throw invalid('name', `name is required and has at most ${KEPT_LIMITS.keyName} characters.`);
    }
    const key = `classer_${randomHex(24)}`;
    const hash = await sha256(key);
    const info = { id: idOf(hash), name, created_at: new Date().toISOString() };
    await (await this.#store()).update('keys', info.id, () => ({ ...info, hash }));
    return { ...info, key };
  }

  /** All keys, oldest first, without their values; one whose record is damaged opens nothing and is left out. */
  async list(): Promise<KeyInfo[]> {
    const { records } = await readAll<Kept>(await this.#store(), 'keys');
    return records
      .map(({ id, name, created_at }) => ({ id, name, created_at }))
      .sort((a, b) => (a.created_at < b.created_at ? -1 : 1));
  }

  /** Revokes a key: from now on it opens nothing. Rejects with `NOT_FOUND` for an id that is not there. */
  async remove(id: string): Promise<void> {
    const store = await this.#store();
    const known = /^key_[0-9a-f]{16}$/.test(id) && (await store.keys('keys')).includes(id);
    if (!known) throw failure('NOT_FOUND', `There is no key ${quote(id)}.`, { field: 'id' });
    await store.remove('keys', id);
  }

  /** The id of a key by its value, or undefined for one that is wrong or revoked. */
  async verify(key: string): Promise<string | undefined> {
    const hash = await sha256(key);
    const kept = await (await this.#store()).get<Json & Kept>('keys', idOf(hash));
    return kept?.hash === hash ? kept.id : undefined;
  }
}

/** Part of the hash, so that a key's record is found by its value. */
const idOf = (hash: string): string => `key_${hash.slice(0, 16)}`;
