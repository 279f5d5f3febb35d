import type { ClasserError } from '../contract/errors.js';
import type { Task } from '../contract/task.js';
import type { Evidence, ReadByOcr, TagLabel } from '../contract/types.js';
import type { Calibration } from '../decide/calibration.js';
import { decide } from '../decide/decision.js';
import { round4 } from '../decide/probability.js';
import type { DocumentText, Place } from '../documents/text.js';
import type { LabelBank, Logits } from '../engines/engine.js';

/** A text's part of a response, the same for single requests and batches. */
export interface Answer {
  readonly label?: string;
  readonly confidence?: number;
  readonly labels?: TagLabel[];
  readonly tokens: number;
  readonly visual_tokens?: number;
  readonly ocr?: ReadByOcr;
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

/** What an answer was read from. */
export interface Origin {
  /** The request's own text, which stands before that of its file and pictures. */
  readonly text: string;
  readonly document: DocumentText | undefined;
}

/** What the hosted API counts for a page. */
const PAGE_TOKENS = 49;

/** Turns a text's scores into its answer. */
export function answer(task: Task, bank: LabelBank, logits: Logits, calibration: Calibration, origin: Origin): Answer {
  const { ranked, chosen } = decide(task, { ...logits, priors: bank.priors }, calibration);
  const best = ranked[0]?.confidence ?? 0;
  const chosenLabel = chosen[0] && { label: chosen[0].label };
  return {
    ...(task.kind === 'tag' ? { labels: [...chosen] } : { ...chosenLabel, confidence: best }),
    tokens: logits.tokens + bank.tokens,
    ...(origin.document && { visual_tokens: PAGE_TOKENS * origin.document.pages }),
    ...(origin.document?.ocr && { ocr: origin.document.ocr }),
    cached: false,
    ...(task.scores && { scores: [...ranked] }),
    ...(task.explain && { evidence: chosen.flatMap(({ label }) => evidence(label, bank, logits, origin)) }),
  };
}

function evidence(label: string, bank: LabelBank, logits: Logits, { text, document }: Origin): Evidence[] {
  const index = bank.labels.findIndex(({ name }) => name === label);
  const pages = new Map<Place, number>();
  const found: Evidence[] = [];
  for (const { start, end, weight } of logits.evidence(index)) {
    const place = document?.placeAt(start, text);
    if (place === undefined) found.push({ label, weight: round4(weight), kind: 'text', start, end });
    else pages.set(place, (pages.get(place) ?? 0) + weight);
  }
  for (const [place, weight] of pages) {
    const where =
      'page' in place ? { kind: 'page' as const, page: place.page } : { kind: 'image' as const, image: place.image };
    found.push({ label, weight: round4(weight), ...where });
  }
  return found.sort((a, b) => b.weight - a.weight);
}
