export type Mode = 'classify' | 'tag';

export interface LabelRow {
  name: string;
  description: string;
}

/** All that the visitor has set. */
export interface Question {
  mode: Mode;
  text: string;
  file?: File | undefined;
  labels: LabelRow[];
  threshold: number;
}

/** The question as both calls of the package take it. Nothing is checked here: the package does that, and says so. */
export function requestOf({ text, file, labels }: Question) {
  const described = labels.filter(({ description }) => description.trim() !== '');
  return {
    text,
    file,
    labels: labels.map(({ name }) => name),
    descriptions: Object.fromEntries(described.map(({ name, description }) => [name, description])),
    scores: true,
    explain: true,
  };
}

/** Labels of a pasted or typed list: by line if it has lines, else by comma. */
export function namesIn(list: string): string[] {
  const names = list.split(list.trim().includes('\n') ? /\r?\n/ : ',').map((name) => name.trim());
  return [...new Set(names.filter((name) => name !== ''))];
}
