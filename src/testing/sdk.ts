import { createFactory } from '../client/factory.js';
import type { Platform } from '../client/platform.js';
import { createSdk, type Sdk } from '../client/sdk.js';
import { FAKE_MANIFEST } from './manifest.js';
import { inThread } from './platform.js';

/**
 * The whole surface on a fake engine, for the tests of programs: no weights, no worker, the same answers always.
 *
 * A label wins by the words that the text shares with its name, description and examples. Nothing is kept unless the
 * `store` option says where.
 *
 * @example
 * ```ts
 * import { createClasser } from 'classer-local/test';
 * const classer = createClasser();
 * const { label } = await classer.classify({ text: 'a billing question', labels: ['billing', 'praise'] });
 * console.log(label); // billing
 * ```
 */
export const createTestSdk = (platform: Platform): Sdk => {
  const create = createFactory(inThread(platform), FAKE_MANIFEST);
  return createSdk((options = {}, timeouts) => create({ store: 'memory', ...options }, timeouts));
};
