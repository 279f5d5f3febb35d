import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A text and its right labels; none when no label fits. */
export interface Row {
  readonly text: string;
  readonly labels: readonly string[];
}

/** One evaluation set. */
export interface EvalSet {
  readonly name: string;
  readonly task: string;
  /** Whether other rows of its source were in the training data. */
  readonly seen: boolean;
  readonly textType: string | undefined;
  readonly labels: readonly string[];
  readonly descriptions: Readonly<Record<string, string>>;
  readonly rows: readonly Row[];
  /** Labelled texts beside the rows, to give as examples. */
  readonly examples: readonly Row[];
}

/** Whether each text of a set has one label, rather than any number. */
export const isSingle = ({ task }: Pick<EvalSet, 'task'>): boolean => task === 'single';

/** Reads a folder: `datasets.json` with a file a set, or `sets.jsonl` with all texts in `texts.jsonl`. */
export function readSets(folder: string): EvalSet[] {
  if (existsSync(join(folder, 'sets.jsonl'))) return readJoint(folder);
  if (existsSync(join(folder, 'datasets.json'))) return readSeparate(folder);
  throw new Error(`${folder} has neither datasets.json nor sets.jsonl; name a folder of evaluation sets.`);
}

interface JointRecord {
  set: string;
  task: string;
  text_type?: string;
  labels: { label: string; description?: string }[];
}

function readJoint(folder: string): EvalSet[] {
  const texts = readLines<Row & { set: string }>(join(folder, 'texts.jsonl'));
  return readLines<JointRecord>(join(folder, 'sets.jsonl')).map(({ set, task, text_type, labels }) => ({
    name: set,
    task,
    seen: false,
    textType: text_type,
    labels: labels.map(({ label }) => label),
    descriptions: Object.fromEntries(labels.flatMap((one) => (one.description ? [[one.label, one.description]] : []))),
    rows: texts.filter((row) => row.set === set),
    examples: [],
  }));
}

interface SeparateRecord {
  name: string;
  task: string;
  text_type?: string;
  label_names: string[];
  label_descriptions?: Record<string, string>;
  source_in_training?: boolean;
}

function readSeparate(folder: string): EvalSet[] {
  const records = JSON.parse(readFileSync(join(folder, 'datasets.json'), 'utf8')) as SeparateRecord[];
  const present = records.filter(({ name }) => existsSync(join(folder, `${name}.jsonl`)));
  return present.map((record) => {
    const names = [`${record.name}.examples.jsonl`, `${record.name}.train.jsonl`];
    const examples = names.map((name) => join(folder, name)).find((file) => existsSync(file));
    return {
      name: record.name,
      task: record.task,
      seen: Boolean(record.source_in_training),
      textType: record.text_type,
      labels: record.label_names,
      descriptions: record.label_descriptions ?? {},
      rows: readLines<Row>(join(folder, `${record.name}.jsonl`)),
      examples: examples ? readLines<Row>(examples) : [],
    };
  });
}

const readLines = <Line>(file: string): Line[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Line);
