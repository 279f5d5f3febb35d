import type { ClasserError } from '../contract/errors.js';
import type { Task } from '../contract/task.js';
import type { Evidence, TagLabel } from '../contract/types.js';
import type { Calibration } from '../decide/calibration.js';
import { decide } from '../decide/decision.js';
import { round4 } from '../decide/probability.js';
import type { LabelBank, Logits } from '../engines/engine.js';

/** A text's part of a response, the same for single requests and batches. */
export interface Answer {
  readonly label?: string;
  readonly confidence?: number;
  readonly labels?: TagLabel[];
  readonly tokens: number;
  readonly scores?: TagLabel[];
  readonly evidence?: Evidence[];
  readonly cached: boolean;
}

/** What the service gives back: an answer or an error for each text, in order. */
export interface Outcome {
  readonly answers: readonly (Answer | ClasserError)[];
  readonly latency: number;
  readonly model: string;
}

/** Turns a text's scores into its answer. */
export function answer(task: Task, bank: LabelBank, logits: Logits, calibration: Calibration): Answer {
  const { ranked, chosen } = decide(task, { ...logits, priors: bank.priors }, calibration);
  const best = ranked[0]?.confidence ?? 0;
  const chosenLabel = chosen[0] && { label: chosen[0].label };
  return {
    ...(task.kind === 'tag' ? { labels: [...chosen] } : { ...chosenLabel, confidence: best }),
    tokens: logits.tokens + bank.tokens,
    cached: false,
    ...(task.scores && { scores: [...ranked] }),
    ...(task.explain && { evidence: chosen.flatMap(({ label }) => evidence(label, bank, logits)) }),
  };
}

function evidence(label: string, bank: LabelBank, logits: Logits): Evidence[] {
  const index = bank.labels.findIndex(({ name }) => name === label);
  return logits
    .evidence(index)
    .map(({ start, end, weight }) => ({ label, weight: round4(weight), kind: 'text', start, end }));
}
