import type { Task } from '../contract/task.js';
import type { TagLabel } from '../contract/types.js';
import { round4 } from './probability.js';

/** What a text was found to be: all labels, highest first, and those that the answer names. */
export interface Decision {
  readonly ranked: readonly TagLabel[];
  readonly chosen: readonly TagLabel[];
}

/**
 * Decides labels from their confidences.
 *
 * `classify` chooses the best label unless it is below `minConfidence`; `tag` chooses every label strictly
 * above the threshold. Equal confidences are ranked by name, so that the order of labels never matters.
 */
export function decide(task: Task, confidences: readonly number[]): Decision {
  const ranked = task.labels
    .map(({ name }, i) => ({ label: name, exact: confidences[i] ?? 0 }))
    .sort((a, b) => b.exact - a.exact || (a.label < b.label ? -1 : 1))
    .map(({ label, exact }) => ({ label, confidence: round4(exact) }));
  const chosen =
    task.kind === 'tag'
      ? ranked.filter(({ confidence }) => confidence > task.threshold)
      : ranked.slice(0, 1).filter(({ confidence }) => confidence >= task.minConfidence);
  return { ranked, chosen };
}
