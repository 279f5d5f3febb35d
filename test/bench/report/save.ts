import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../folders.js';
import { page } from './markdown.js';
import { plot } from './plot.js';
import { withTable } from './readme.js';
import { type Report, type Run, withRun } from './report.js';

const DATA = 'docs/bench.json';
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

/** What was measured last of each row. */
export const saved = (): Report => JSON.parse(read(DATA));

/** Keeps a run's rows, and draws them. */
export function save(run: Run): void {
  const report = withRun(saved(), run);
  writeFileSync(join(root, DATA), `${JSON.stringify(report, null, 2)}\n`);
  draw(report);
}

/** Writes all that shows a report. */
export function draw(report: Report): void {
  for (const [path, text] of Object.entries(shown(report))) writeFileSync(join(root, path), text);
}

/** The files that show a report, by path. */
export const shown = (report: Report): Record<string, string> => ({
  'docs/bench.md': page(report),
  'docs/bench.svg': plot(report),
  'README.md': withTable(read('README.md'), report),
});
