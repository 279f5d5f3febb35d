import { type Fields, isFields, kindOf, optionalNumber } from '../../contract/checks.js';
import { checkMode, classifierReference, type SavedClassifier, withClassifier } from '../../contract/classifier.js';
import { failure } from '../../contract/errors.js';
import { CALLS, checkRequest, UNIT } from '../../contract/request.js';
import type { Task } from '../../contract/task.js';
import { refuseUnknown } from '../../contract/unknown.js';

/** What a job asks of each of its lines. */
export interface JobRequest {
  labels?: readonly string[] | undefined;
  classifier?: string | undefined;
  descriptions?: Readonly<Record<string, string>> | undefined;
  examples?: Readonly<Record<string, readonly string[]>> | undefined;
  /** What kind of text this is; `text_type` is the same. */
  source_type?: string | undefined;
  text_type?: string | undefined;
  /** `"single"` answers one label a line (default), `"multi"` every label above the threshold. */
  mode?: 'single' | 'multi' | undefined;
  /** With `"multi"`: default 0.3. */
  threshold?: number | undefined;
  /** An installed model's id. */
  model?: string | undefined;
}

export const JOB_FIELDS = [
  'labels', 'classifier', 'descriptions', 'examples', 'source_type', 'text_type', 'mode', 'threshold', 'model',
] as const; // biome-ignore format: a list is easier to read as a block

const THRESHOLD = 0.3;

/** A job's request once checked, without its texts. */
export interface JobTask {
  readonly mode: 'single' | 'multi';
  /** The classifier with the version that it stood at. */
  readonly classifier: string | null;
  readonly task: Task;
}

/** Checks a job's request; throws VALIDATION_ERROR or CLASSIFIER_NOT_FOUND. */
export async function checkJob(
  request: unknown,
  find: (reference: string) => Promise<SavedClassifier>,
): Promise<JobTask> {
  if (!isFields(request)) throw failure('BAD_REQUEST', `A job must be an object, not ${kindOf(request)}.`);
  refuseUnknown(request, JOB_FIELDS);
  const saved = classifierReference(request) ? await find(String(request['classifier'])) : undefined;
  const fields: Fields = saved ? withClassifier(request, saved) : request;
  const mode = checkMode({ mode: request['mode'] ?? saved?.mode });
  const call = mode === 'multi' ? CALLS.tagBatch : CALLS.classifyBatch;
  const { labels, descriptions, examples, source_type, text_type, model } = fields;
  // Of no effect on single labels, and yet a job that asks for an impossible one is mistaken.
  const threshold = optionalNumber(fields, 'threshold', UNIT) ?? THRESHOLD;
  const task = checkRequest(call, {
    ...{ labels, descriptions, examples, source_type, text_type, model, threshold },
    // The texts come later.
    texts: [''],
  });
  return {
    mode,
    classifier: saved ? `${saved.name}@v${saved.version}` : null,
    task: { ...task, texts: [], cache: false },
  };
}
