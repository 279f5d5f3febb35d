import { parseArgs } from 'node:util';
import type { Measurement } from './bench.js';
import { openBrowser } from './browser.js';
import { stage } from './folders.js';
import { type Row, table } from './row.js';
import { batch } from './rows/batch.js';
import { http } from './rows/http.js';
import { long } from './rows/long.js';
import { native } from './rows/native.js';
import { pairs } from './rows/pairs.js';
import { pool } from './rows/pool.js';
import { firstAnswer, firstVisit } from './rows/start.js';
import { threads } from './rows/threads.js';
import { serve } from './server.js';

const MEASUREMENTS: Record<string, Measurement> = {
  firstVisit,
  firstAnswer,
  pairs,
  batch,
  native,
  threads,
  pool,
  long,
  http,
};

const { values } = parseArgs({
  options: { json: { type: 'boolean' }, long: { type: 'boolean' }, only: { type: 'string' } },
});

await using staged = await stage();
await using plain = await serve({ stage: staged.path });
await using isolated = await serve({ stage: staged.path, isolated: true });
await using browser = await openBrowser();
const bench = { browser, plain, isolated, stage: staged.path, long: values.long ?? false };
const chosen = values.only?.split(',') ?? Object.keys(MEASUREMENTS);
const rows: Row[] = [];
for (const name of chosen) {
  const measure = MEASUREMENTS[name];
  if (!measure) throw new Error(`There is no measurement ${name}; there are ${Object.keys(MEASUREMENTS).join(', ')}.`);
  const begun = performance.now();
  rows.push(...(await measure(bench)));
  process.stderr.write(`${name}: ${((performance.now() - begun) / 1000).toFixed(0)} s\n`);
}
const about = { chromium: browser.version, node: process.version };
process.stdout.write(values.json ? `${JSON.stringify({ rows, about }, null, 1)}\n` : table(rows));
