import { FileStore } from '../../src/store/file/store.js';

/** Counts in a record until it is stopped; says each number once it is stored, and at its end how often it counted. */
const store = new FileStore(process.argv[2] ?? '');
let going = true;
process.once('SIGTERM', () => {
  going = false;
});
let own = 0;
while (going) {
  const after = await store.update<{ count: number; filler: string }>('jobs', 'busy', (before) => ({
    count: (before?.count ?? 0) + 1,
    filler: 'x'.repeat(100_000),
  }));
  own++;
  process.stdout.write(`${after?.count}\n`);
}
process.stdout.write(`${own}`);
