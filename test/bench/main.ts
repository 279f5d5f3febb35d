import { parseArgs } from 'node:util';
import { about } from './about.js';
import type { Measurement } from './bench.js';
import { openBrowser } from './browser.js';
import { stage } from './folders.js';
import { draw, save, saved } from './report/save.js';
import type { Row } from './row.js';
import { batch } from './rows/batch.js';
import { documents } from './rows/documents.js';
import { http } from './rows/http.js';
import { labels } from './rows/labels.js';
import { longNode, longPage } from './rows/long.js';
import { native } from './rows/native.js';
import { pairs } from './rows/pairs.js';
import { pool } from './rows/pool.js';
import { firstAnswer, firstVisit } from './rows/start.js';
import { threads } from './rows/threads.js';
import { serve } from './server.js';
import { table } from './table.js';

const MEASUREMENTS: Record<string, Measurement> = {
  firstVisit,
  firstAnswer,
  pairs,
  labels,
  batch,
  native,
  threads,
  pool,
  http,
  longNode,
  longPage,
  documents,
};

const { values } = parseArgs({
  options: {
    json: { type: 'boolean' },
    only: { type: 'string' },
    save: { type: 'boolean' },
    draw: { type: 'boolean' },
  },
});

if (values.draw) draw(saved());
else await measure(values.only?.split(',') ?? Object.keys(MEASUREMENTS));

/** Measures, and keeps each measurement's rows as soon as they are there. */
async function measure(names: readonly string[]): Promise<void> {
  const chosen = names.map(named);
  await using staged = await stage();
  await using plain = await serve({ stage: staged.path });
  await using isolated = await serve({ stage: staged.path, isolated: true });
  await using browser = await openBrowser();
  const with_ = about(browser.version);
  const rows: Row[] = [];
  for (const [i, measurement] of chosen.entries()) {
    const begun = performance.now();
    const found = await measurement({ browser, plain, isolated, stage: staged.path });
    rows.push(...found);
    if (values.save) save({ about: with_, rows: found });
    process.stderr.write(`${names[i]}: ${((performance.now() - begun) / 1000).toFixed(0)} s\n`);
  }
  process.stdout.write(values.json ? `${JSON.stringify({ rows, about: with_ }, null, 1)}\n` : table(rows, with_));
}

function named(name: string): Measurement {
  const measurement = MEASUREMENTS[name];
  if (measurement) return measurement;
  throw new Error(`There is no measurement ${name}; there are ${Object.keys(MEASUREMENTS).join(', ')}.`);
}
