import packageJson from '../../../package.json' with { type: 'json' };
import { sha256 } from '../../contract/digest.js';
import type { DocumentFile } from '../../contract/file.js';
import type { Task } from '../../contract/task.js';

/**
 * The keys of a task's answers, one a text.
 *
 * A key is everything that an answer depends on; the order of labels and of an object's keys is not, because equal
 * confidences are ranked by name. `model` names the model with its content; how files are read may differ from one version
 * of the package to the next.
 */
export async function answerKeys(model: string, task: Task): Promise<string[]> {
  const { kind, threshold, minConfidence, textType = null, template = null, priority, scores, explain } = task;
  const labels = task.labels
    .map(({ name, description = null, examples }) => [name, description, examples] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  // JSON has no infinity.
  const budget = Number.isFinite(task.budget) ? task.budget : null;
  const answered = [packageJson.version, model, priority, budget];
  const asked = [...answered, kind, labels, threshold, minConfidence, textType, template, scores, explain];
  const files = await Promise.all(task.files.map(fileKey));
  const question = await questionKey(JSON.stringify([...asked, ...files]));
  return Promise.all(task.texts.map((text) => sha256(question + JSON.stringify(text))));
}

// The same labels are asked about again and again, and may be long.
let last: { readonly question: string; readonly key: Promise<string> } | undefined;

function questionKey(question: string): Promise<string> {
  if (last?.question !== question) last = { question, key: sha256(question) };
  return last.key;
}

/** A file by URL has no answer that could be remembered, and bytes have been copied by now. */
const fileKey = async ({ content, password = '', image }: DocumentFile): Promise<string> =>
  JSON.stringify([await sha256(content as string | Uint8Array<ArrayBuffer>), password, image]);
