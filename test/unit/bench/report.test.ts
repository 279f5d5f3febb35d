import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { CATALOGUE } from '../../bench/catalogue.js';
import { page } from '../../bench/report/markdown.js';
import { plot } from '../../bench/report/plot.js';
import { withTable } from '../../bench/report/readme.js';
import { type Run, withRun } from '../../bench/report/report.js';
import { saved, shown } from '../../bench/report/save.js';
import { type Measured, toRow } from '../../bench/row.js';

/** Rows that people were promised, by these names. */
const PROMISED = [
  ...['single-10', 'single-77', 'single-200', 'batch-77', 'native-1t', 'threads-2', 'labels-200-vs-2'],
  ...['long-linear', 'first-answer', 'first-visit-bytes', 'pdf-text', 'pdf-progress', 'pdf-memory'],
];

const run = (day: number, ...rows: Pick<Measured, 'name' | 'where' | 'ratio'>[]): Run => ({
  about: { date: `2026-01-0${day}`, machine: 'a machine', versions: { node: '20.1.2' } },
  rows: rows.map((row) => toRow({ ...row, figures: { ours_ms: 1234 } })),
});
const NODE = { name: 'native-1t', where: 'Node', ratio: 3.5 } as const;
const CHROMIUM = { name: 'native-1t', where: 'Chromium', ratio: 3.2 } as const;
const SINGLE = { name: 'single-10', where: 'Chromium', ratio: 40 } as const;

const line = (text: string, name: string): string | undefined =>
  text.split('\n').find((one) => one.startsWith(`| \`${name}\` |`));

test.each(Object.entries(shown(saved())))('%s shows what docs/bench.json holds', (path, text) => {
  expect(readFileSync(path, 'utf8'), 'run `npm run bench -- --draw`').toBe(text);
});

test.each(PROMISED)('%s stands in the page and in the README', (name) => {
  for (const path of ['docs/bench.md', 'README.md']) expect(line(readFileSync(path, 'utf8'), name), path).toBeDefined();
});

test('each goal that is missed has its reason', () => {
  const missed = saved().runs.flatMap(({ rows }) => rows.filter(({ met }) => met === false));
  const reasons = new Map(CATALOGUE.map(({ name, why }) => [name, why]));
  for (const { name } of missed) expect(reasons.get(name), name).toBeTruthy();
});

test('a row has what was measured in Node and in Chromium, and is missed where one of them is', () => {
  const text = page({ runs: [run(1, CHROMIUM, NODE, SINGLE)] });
  expect(line(text, 'native-1t')).toMatch(/\| ≤ 3\.3 \| 3\.5 × its time \| 3\.2 × its time \| \*\*missed\*\* \|$/);
  expect(line(text, 'single-10')).toMatch(/\| ≥ 10 \| {2}\| 40 × as fast \| met \|$/);
  expect(line(text, 'single-77')).toMatch(/\| {2}\| {2}\| not measured yet \|$/);
  expect(text).toContain('- `native-1t`: 3.5 × its time in Node (≤ 3.3), 3.2 × its time in Chromium (≤ 3.3). ');
  expect(text).toContain('- `native-1t`, Node: ours_ms 1,234');
  expect(text).toContain('- `native-1t`, `single-10`: 2026-01-01, a machine, node 20.1.2');
});

test('rows that are measured again take the place of the older ones, and no others', () => {
  const first = { runs: [run(1, NODE, CHROMIUM, SINGLE)] };
  const second = withRun(first, run(2, { ...SINGLE, ratio: 50 }));
  expect(second.runs.map(({ about, rows }) => [about.date, ...rows.map(({ ratio }) => ratio)])).toEqual([
    ['2026-01-01', 3.5, 3.2],
    ['2026-01-02', 50],
  ]);
  // The same run's next measurement joins it; a run whose rows are all measured again is gone.
  const third = withRun(second, run(2, NODE, CHROMIUM));
  expect(third.runs.map(({ about, rows }) => [about.date, rows.length])).toEqual([['2026-01-02', 3]]);
  // Measured in one place, a row stays as it was in the other.
  const fourth = withRun(third, run(3, NODE));
  expect(fourth.runs.map(({ rows }) => rows.map(({ name, where }) => [name, where]))).toEqual([
    [
      ['single-10', 'Chromium'],
      ['native-1t', 'Chromium'],
    ],
    [['native-1t', 'Node']],
  ]);
});

test('the plot has each row on its side of the goal, for light and for dark pages', () => {
  const drawn = plot({ runs: [run(1, NODE, CHROMIUM, SINGLE)] });
  const goal = Number(/class="goal" x1="([\d.]+)"/.exec(drawn)?.[1]);
  const [ends, marks] = [/<line class="(met|missed)" [^>]*x2="([\d.]+)"/g, /<circle class="met"|<path class="missed"/g];
  const sides = [...drawn.matchAll(ends)].map(([, of, x]) => [of, Number(x) > goal]);
  expect(sides).toEqual([
    ['met', true],
    ['missed', false],
    ['met', true],
  ]);
  expect(drawn.match(marks)).toHaveLength(3);
  expect(drawn).toContain('prefers-color-scheme: dark');
  for (const name of ['single-10', 'native-1t']) expect(drawn).toContain(`>${name}<`);
});

test('a README without a place for the table is told so', () => {
  expect(() => withTable('# A project\n', { runs: [] })).toThrow('no place for the table');
});
