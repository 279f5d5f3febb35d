import { type About, aboutText } from './about.js';
import type { Row } from './row.js';

/** The rows as a table for a terminal, and below it the figures that the ratios are made of. */
export function table(rows: readonly Row[], about: About): string {
  const cells = rows.map(({ name, where, ratio, unit, goal, met, what, against }) => [
    name,
    where,
    ratio === null ? '' : `${ratio} ${unit}`,
    goal ?? '',
    met === null ? '' : met ? 'yes' : 'NO',
    `${what}, against ${against}`,
  ]);
  const all = [['row', 'in', 'ratio', 'goal', 'met', 'what'], ...cells];
  const widths = all[0]?.map((_, column) => Math.max(...all.map((line) => line[column]?.length ?? 0))) ?? [];
  const lines = all.map((line) =>
    line
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  const details = rows.map(({ name, where, figures, note }) => `${name}, ${where}: ${figuresText(figures, note)}`);
  return [...lines, '', ...details, '', aboutText(about), ''].join('\n');
}

/** Figures, each after its name. */
export const figuresText = (figures: Row['figures'], note?: string): string =>
  [
    ...Object.entries(figures).map(([key, value]) => `${key} ${value.toLocaleString('en')}`),
    ...(note ? [note] : []),
  ].join(', ');
