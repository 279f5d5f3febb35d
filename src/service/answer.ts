import type { ClasserError } from '../contract/errors.js';
import type { Task } from '../contract/task.js';
import type { Evidence, ReadByOcr, TagLabel } from '../contract/types.js';
import { type Calibration, confidences } from '../decide/calibration.js';
import { decide } from '../decide/decision.js';
import { round4 } from '../decide/probability.js';
import type { Place } from '../documents/place.js';
import type { Sighting } from '../documents/seen.js';
import type { DocumentText } from '../documents/text.js';
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
  /** What was read of what its photographs show. */
  readonly shows: readonly Logits[];
  /** Tokens of a page or picture, where the model that looks at them has a number of its own. */
  readonly patches: number | undefined;
}

/** What the hosted API counts for a page. */
const PAGE_TOKENS = 49;

/** Turns scores into an answer: those of a text, if there is any, and those of what photographs show. */
export function answer(
  task: Task,
  bank: LabelBank,
  logits: Logits | undefined,
  calibration: Calibration,
  origin: Origin,
): Answer {
  const { priors } = bank;
  const exclusive = task.kind === 'classify';
  const own = logits && { ...logits, priors };
  const read = origin.shows.map((one) => ({ ...one, priors }));
  const pooled = origin.document?.seen?.join(own, read, { exclusive, calibration });
  const { ranked, chosen } = decide(task, pooled?.chances ?? (own ? confidences(own, exclusive, calibration) : []));
  const best = ranked[0]?.confidence ?? 0;
  const chosenLabel = chosen[0] && { label: chosen[0].label };
  return {
    ...(task.kind === 'tag' ? { labels: [...chosen] } : { ...chosenLabel, confidence: best }),
    tokens: (logits?.tokens ?? 0) + bank.tokens,
    ...(origin.document && { visual_tokens: (origin.patches ?? PAGE_TOKENS) * origin.document.pages }),
    ...(origin.document?.ocr && { ocr: origin.document.ocr }),
    cached: false,
    ...(task.scores && { scores: [...ranked] }),
    ...(task.explain && {
      evidence: chosen.flatMap(({ label }) => evidence(label, bank, logits, pooled?.shares, origin)),
    }),
  };
}

/** What spoke for a label; of several sources, the text is the first, and `shares` say how much each counted. */
function evidence(
  label: string,
  bank: LabelBank,
  logits: Logits | undefined,
  shares: readonly (readonly number[])[] | undefined,
  { text, document }: Origin,
): Evidence[] {
  const index = bank.labels.findIndex(({ name }) => name === label);
  const places = new Map<string, Omit<Evidence, 'label' | 'start' | 'end'>>();
  const found: Evidence[] = [];
  const add = (place: Place, weight: number, shows?: string) => {
    const where =
      'page' in place ? { kind: 'page' as const, page: place.page } : { kind: 'image' as const, image: place.image };
    const key = JSON.stringify(where);
    const before = places.get(key);
    places.set(key, { ...where, ...before, weight: (before?.weight ?? 0) + weight, ...(shows && { shows }) });
  };
  const share = (source: number) => shares?.[source]?.[index] ?? 0;
  const ownShare = shares ? share(0) : 1;
  for (const { start, end, weight } of logits?.evidence(index) ?? []) {
    const place = document?.placeAt(start, text);
    if (place === undefined) found.push({ label, weight: round4(weight * ownShare), kind: 'text', start, end });
    else add(place, weight * ownShare);
  }
  for (const [i, { place, shows }] of document?.seen?.sightings.entries() ?? []) {
    const weight = share(i + (logits ? 1 : 0));
    if (weight > 0) add(place, weight, likeliest(shows));
  }
  for (const one of places.values()) found.push({ label, ...one, weight: round4(one.weight) });
  return found.sort((a, b) => b.weight - a.weight);
}

const likeliest = (shows: Sighting['shows']): string =>
  shows.reduce((best, one) => (one.chance > best.chance ? one : best), { text: '', chance: 0 }).text;
