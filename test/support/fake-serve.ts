import { parseOptions } from '../../src/node/cli/options.js';
import { serve } from '../../src/node/cli/serve.js';
import { createClasser } from '../../src/node/testing.js';

/** `classer serve` over the fake engine: the same server, handler and store, without weights. */
const { options } = parseOptions(process.argv.slice(2));
await serve(createClasser({ store: options.store ?? 'memory', logs: { texts: options['log-texts'] } }), options);
