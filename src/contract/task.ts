import type { DocumentFile } from './file.js';

/** A label with everything said about it. */
export interface Label {
  readonly name: string;
  readonly description: string | undefined;
  /** Texts that belong to it, each once. */
  readonly examples: readonly string[];
}

/** `classify` answers one label, `tag` any number of them. */
export type TaskKind = 'classify' | 'tag';

/** Who waits for an answer, the most urgent first: a person, a program that has more to do, nobody. */
export const URGENCIES = ['interactive', 'batch', 'job'] as const;
export type Urgency = (typeof URGENCIES)[number];

/** A checked request: plain values that cross to the worker as they are. */
export interface Task {
  readonly kind: TaskKind;
  /** One text for a single request. A text that cannot be read has its own error in the answer. */
  readonly texts: readonly string[];
  /** The file, then the pictures, read besides each of the texts, which are then empty where the request has none. */
  readonly files: readonly DocumentFile[];
  readonly labels: readonly Label[];
  readonly threshold: number;
  readonly minConfidence: number;
  readonly textType: string | undefined;
  /** The sentence that labels are put into, at `{label}`; the model's own where there is none. */
  readonly template: string | undefined;
  readonly priority: 'standard' | 'fast';
  /** Which calls it goes before, and which it waits for. */
  readonly urgency: Urgency;
  /** Whether a remembered answer will do. */
  readonly cache: boolean;
  readonly model: string | undefined;
  readonly scores: boolean;
  readonly explain: boolean;
  /** Milliseconds to spend on reading one text; infinite when the request sets none. */
  readonly budget: number;
}
