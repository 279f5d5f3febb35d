import { aboutText } from '../about.js';
import { goalText, type Place, type Row } from '../row.js';
import { figuresText } from '../table.js';
import { type Entry, entries, type Report, type Run } from './report.js';

const INTRODUCTION = `# How fast it is

\`npm run bench\` measures every row below in one go; \`npm run bench -- --save\` also writes this page, its plot, its
[data](bench.json) and the table in the README. \`--only pool,http\` measures some rows, and leaves the others here as they were.
What is compared has the same weights, runtime and number of threads unless its row says otherwise, runs in turns, and
its medians count.

![Each row against its goal](bench.svg)
`;

/** The page: a table of all rows, why goals are missed, what the ratios are made of, and what was measured with. */
export function page(report: Report): string {
  const all = entries(report);
  const missed = all.filter(({ rows }) => rows.some(({ met }) => met === false));
  return [
    INTRODUCTION,
    ...overview(all),
    '\n## Missed goals\n',
    ...missed.map(
      ({ comparison, rows }) => `- \`${comparison.name}\`: ${ratios(rows)}. ${comparison.why ?? 'Not explained yet.'}`,
    ),
    '\n## What the ratios are made of\n',
    ...all.flatMap(({ rows }) =>
      rows.flatMap(({ name, where, figures, note }) => {
        const text = figuresText(figures, note);
        return text ? [`- \`${name}\`, ${where}: ${text}`] : [];
      }),
    ),
    '\n## What was measured with\n',
    ...report.runs.map(measuredWith),
    '',
  ].join('\n');
}

/** The rows as a table in Markdown. */
export function overview(all: readonly Entry[]): string[] {
  const lines = all.map(({ comparison: { name, what, against, goal }, rows }) => {
    const cells = [
      `\`${name}\``,
      what,
      against,
      goal ? goalText(goal) : '',
      found(rows, 'Node'),
      found(rows, 'Chromium'),
    ];
    return `| ${[...cells, verdict(rows)].join(' | ')} |`;
  });
  return [
    '| row | what | against | goal | Node | Chromium | |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...lines,
  ];
}

/** How a row's ratio is said: 45.3 × as fast. */
export const ratioText = ({ ratio, unit }: Row): string => `${ratio} ${unit}`;

const ratios = (rows: readonly Row[]): string =>
  rows.map((row) => `${ratioText(row)} in ${row.where}${row.goal ? ` (${row.goal})` : ''}`).join(', ');

function found(rows: readonly Row[], where: Place): string {
  const row = rows.find((one) => one.where === where);
  return row ? ratioText(row) : '';
}

function verdict(rows: readonly Row[]): string {
  if (rows.length === 0) return 'not measured yet';
  const judged = rows.filter(({ met }) => met !== null);
  if (judged.length === 0) return '';
  return judged.every(({ met }) => met) ? 'met' : '**missed**';
}

function measuredWith({ about, rows }: Run): string {
  const names = [...new Set(rows.map(({ name }) => `\`${name}\``))].join(', ');
  return `- ${names}: ${aboutText(about)}`;
}
