/** Where an answer came from. */
export interface Source {
  readonly source: 'local' | 'hosted';
  readonly model: string;
}

// A registered symbol, so that every copy and entry of the package reads the same note.
const SOURCE = Symbol.for('classer.source');

/** Notes which model gave an answer, and where. */
export function recordSource<Answer extends object>(
  answer: Answer,
  model: string,
  source: Source['source'] = 'local',
): Answer {
  const note: Source = { source, model };
  return Object.defineProperty(answer, SOURCE, { value: note });
}

/**
 * Where an answer came from, or undefined for an object that is no answer of ours.
 *
 * @example
 * ```ts
 * import { classify, sourceOf } from 'classer-local';
 * const answer = await classify({ text: 'Where is my parcel?', labels: ['shipping', 'billing'] });
 * console.log(sourceOf(answer)); // { source: 'local', model: 'classer-embed' }
 * ```
 */
export function sourceOf(answer: object): Source | undefined {
  return (answer as { [SOURCE]?: Source })[SOURCE];
}
