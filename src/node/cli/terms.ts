import { readFile } from 'node:fs/promises';
import { failure } from '../../contract/errors.js';
import type { CheckedJob } from '../../service/jobs/jobs.js';
import { writeWhole } from '../../store/file/write.js';
import type { Json } from '../../store/store.js';

/** All that results depend on besides their lines, by the names that a request has for it. */
export type JobTerms = Readonly<Record<string, Json>>;

export function termsOf({ mode, classifier, task, model }: CheckedJob): JobTerms {
  const { threshold, textType } = task;
  // Their order decides nothing.
  const labels = [...task.labels].sort((a, b) => (a.name < b.name ? -1 : 1));
  return {
    classifier,
    mode,
    labels: labels.map(({ name }) => name),
    descriptions: Object.fromEntries(labels.map(({ name, description }) => [name, description])),
    examples: Object.fromEntries(labels.map(({ name, examples }) => [name, examples])),
    threshold,
    text_type: textType ?? null,
    model: task.model ?? model.content,
  };
}

/** Where it stands what an output that was broken off was begun with. */
export const termsPath = (part: string): string => `${part}.json`;

/** Writes down what an output is begun with; it is on the disk before the first result. */
export async function keepTerms(part: string, terms: JobTerms): Promise<void> {
  await writeWhole(termsPath(part), [Buffer.from(`${JSON.stringify(terms)}\n`)], true);
}

/** Throws where an output was begun with something else: its lines would not belong together. */
export async function checkTerms(part: string, terms: JobTerms): Promise<void> {
  const begun = await readTerms(part);
  for (const [field, value] of Object.entries(terms)) {
    const [before, now] = [JSON.stringify(begun[field]), JSON.stringify(value)];
    if (before !== now) throw refusal(part, `it was begun with ${field} ${short(before)}, not ${short(now)}`);
  }
}

async function readTerms(part: string): Promise<JobTerms> {
  const path = termsPath(part);
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (cause) {
    throw refusal(part, `${path}, which says what it was begun with, cannot be read`, cause);
  }
}

const refusal = (part: string, why: string, cause?: unknown) =>
  failure(
    'BAD_REQUEST',
    `${part} cannot be gone on with: ${why}. Resume it as it was begun, or remove it to begin anew.`,
    { field: 'output' },
    cause,
  );

const short = (value = 'null'): string => (value.length > 80 ? `${value.slice(0, 80)}…` : value);
