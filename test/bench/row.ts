/** A goal for a ratio. */
export interface Goal {
  readonly at: 'least' | 'most';
  readonly value: number;
}

/** One line of the bench. */
export interface Row {
  readonly name: string;
  /** What is divided by what. */
  readonly what: string;
  /** Null when it could not be measured, or when the row has plain figures only. */
  readonly ratio: number | null;
  readonly goal: string | null;
  readonly met: boolean | null;
  /** Medians, in milliseconds or bytes as their names say. */
  readonly figures: Readonly<Record<string, number>>;
  readonly note?: string;
}

/** What a row is made of: a ratio with its goal, or plain figures only. */
export interface Measured {
  readonly name: string;
  readonly what: string;
  readonly ratio?: number;
  readonly goal?: Goal;
  readonly figures: Row['figures'];
  readonly note?: string;
}

/** Rounds the figures and holds the ratio against its goal. */
export function toRow({ name, what, ratio, goal, figures, note }: Measured): Row {
  const shown = goal && `${goal.at === 'least' ? '≥' : '≤'} ${goal.value}`;
  const judged = goal && ratio !== undefined;
  const met = judged ? (goal.at === 'least' ? ratio >= goal.value : ratio <= goal.value) : null;
  return {
    name,
    what,
    ratio: ratio === undefined ? null : Number(ratio.toPrecision(3)),
    goal: shown ?? null,
    met,
    figures: rounded(figures),
    ...(note && { note }),
  };
}

/** The rows as a table for people. */
export function table(rows: readonly Row[]): string {
  const cells = rows.map(({ name, ratio, goal, met, what }) => [
    name,
    ratio === null ? '' : String(ratio),
    goal ?? '',
    met === null ? '' : met ? 'yes' : 'NO',
    what,
  ]);
  const all = [['row', 'ratio', 'goal', 'met', 'what'], ...cells];
  const widths = all[0]?.map((_, column) => Math.max(...all.map((line) => line[column]?.length ?? 0))) ?? [];
  const lines = all.map((line) =>
    line
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  const details = rows.map(({ name, figures, note }) => {
    const shown = Object.entries(figures).map(([key, value]) => `${key} ${value}`);
    return `${name}: ${[...shown, ...(note ? [note] : [])].join(', ')}`;
  });
  return [...lines, '', ...details, ''].join('\n');
}

const rounded = (figures: Row['figures']): Row['figures'] =>
  Object.fromEntries(Object.entries(figures).map(([key, value]) => [key, Number(value.toFixed(value < 100 ? 2 : 0))]));
