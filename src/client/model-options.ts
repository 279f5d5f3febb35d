import { isFields, kindOf, optionalNumber, optionalString, quote } from '../contract/checks.js';
import { invalid } from '../contract/errors.js';
import { refuseUnknown } from '../contract/unknown.js';
import type { InstallProgress } from '../models/progress.js';
import { MODEL_ID } from '../models/record.js';
import { checkListener } from './listener.js';
import { checkSignal } from './options.js';

/** How a model is installed; every option may be left out. */
export interface InstallOptions {
  /** The name to install it under; by default the id, or the name of its folder. */
  id?: string | undefined;
  /** Branch, tag or commit on the hub; `"main"` unless set. */
  revision?: string | undefined;
  /** SHA-256 in hex that files must have, by path: `{ 'onnx/model.onnx': '…' }`. */
  integrity?: Readonly<Record<string, string>> | undefined;
  /** Seconds without a byte after which the server counts as gone; 60 unless set. Nothing else gives up sooner. */
  timeout?: number | undefined;
  /** Gives up; what has come is kept, and the next installation goes on with it. */
  signal?: AbortSignal | undefined;
  onProgress?: ((progress: InstallProgress) => void) | undefined;
}

/** How a model is used; every option may be left out. */
export interface UseOptions {
  /**
   * An inference model, embedded or installed, that looks again for `priority: "standard"` at the labels that are liked
   * best, where that is unsure. Without one both priorities give the same answers.
   */
  second?: string | undefined;
}

/** The second model that `use` is to have; throws VALIDATION_ERROR naming the option at fault. */
export function checkUse(options: unknown): string | undefined {
  if (!isFields(options)) throw invalid('options', `Options must be an object, not ${kindOf(options)}.`);
  refuseUnknown(options, ['second'], 'option');
  return optionalString(options, 'second');
}

/** Options once checked. */
export interface CheckedInstall {
  readonly id: string | undefined;
  readonly revision: string | undefined;
  readonly integrity: Readonly<Record<string, string>>;
  readonly timeout: number;
  readonly signal: AbortSignal | undefined;
  readonly onProgress: (progress: InstallProgress) => void;
}

const KNOWN = ['id', 'revision', 'integrity', 'timeout', 'signal', 'onProgress'];
const TIMEOUT = 60;

/** Throws VALIDATION_ERROR naming the option at fault. */
export function checkInstall(options: unknown): CheckedInstall {
  if (!isFields(options)) throw invalid('options', `Options must be an object, not ${kindOf(options)}.`);
  refuseUnknown(options, KNOWN, 'option');
  const id = optionalString(options, 'id');
  return {
    id: id === undefined ? undefined : checkId(id),
    revision: optionalString(options, 'revision'),
    integrity: checkIntegrity(options['integrity'] ?? {}),
    timeout: optionalNumber(options, 'timeout', { min: 0, max: Number.POSITIVE_INFINITY }) ?? TIMEOUT,
    signal: checkSignal(options['signal']),
    onProgress: checkListener<InstallProgress>(options['onProgress']) ?? (() => undefined),
  };
}

/** A model's id; anything else is named. */
export function checkId(id: unknown): string {
  if (typeof id === 'string' && MODEL_ID.test(id)) return id;
  throw invalid('id', `${quote(String(id))} is no id of a model, such as "owner/name".`);
}

function checkIntegrity(integrity: unknown): Readonly<Record<string, string>> {
  const known = isFields(integrity) ? Object.entries(integrity) : undefined;
  const hashes = known?.map(([path, sha256]) => [path, String(sha256).toLowerCase()] as const);
  if (hashes?.every(([, sha256]) => /^[0-9a-f]{64}$/.test(sha256))) return Object.fromEntries(hashes);
  throw invalid('integrity', 'integrity must give SHA-256 in hex, 64 digits, by path.');
}
