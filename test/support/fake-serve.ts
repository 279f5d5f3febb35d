import { parseOptions } from '../../src/node/cli/options.js';
import { serve } from '../../src/node/cli/serve.js';
import { createClasser } from '../../src/node/testing.js';

/** Where the built package is: what is loaded when it is needed comes from there. */
const PACKAGE = new URL('../../', import.meta.url).href;

/** `classer serve` over the fake engine: the same server, handler and store, without weights. */
const { options } = parseOptions(process.argv.slice(2));
await serve(
  createClasser({ assets: PACKAGE, store: options.store ?? 'memory', logs: { texts: options['log-texts'] } }),
  options,
);
