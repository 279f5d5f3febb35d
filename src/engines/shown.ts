import type { Label } from '../contract/task.js';

/** The places of the labels that each text is an example of. */
export function labelsByExample(labels: readonly Label[]): Map<string, number[]> {
  const found = new Map<string, number[]>();
  for (const [l, { examples }] of labels.entries()) {
    for (const text of new Set(examples)) found.set(text, [...(found.get(text) ?? []), l]);
  }
  return found;
}
