import type { CheckedJob } from '../../service/jobs/jobs.js';
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
