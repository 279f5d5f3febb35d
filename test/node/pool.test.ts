import { syncBuiltinESMExports } from 'node:module';
import threads from 'node:worker_threads';
import { afterAll } from 'vitest';
import { poolCases } from '../support/pool-cases.js';

// The package's own import of the class must come after it was changed.
const started: threads.Worker[] = [];
const Native = threads.Worker;
threads.Worker = class extends Native {
  constructor(...given: ConstructorParameters<typeof Native>) {
    super(...given);
    started.push(this);
  }
};
syncBuiltinESMExports();
afterAll(() => {
  threads.Worker = Native;
  syncBuiltinESMExports();
});
const { createClasser } = await import('classer-local');

poolCases({
  create: (options) => createClasser({ ...options, store: 'memory' }),
  started: () => started.map((worker) => ({ kill: () => void worker.terminate() })),
});
