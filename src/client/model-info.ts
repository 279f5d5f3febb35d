import type { BrokenModel } from '../models/installed.js';
import { bytesOf, type InstalledModel } from '../models/record.js';
import type { ModelInfo, ModelsParts } from './models.js';
import { standardOf } from './second.js';

type Parts = Pick<ModelsParts, 'workers' | 'manifest'>;

/** What differs from model to model. */
type Known = Omit<ModelInfo, 'id' | 'current' | 'installed_at' | 'standard'> &
  Partial<Pick<ModelInfo, 'installed_at' | 'standard'>>;

/** A model as a list names it. */
export function infoOf({ workers, manifest }: Parts, id: string, known: Known): ModelInfo {
  const spec = Object.hasOwn(manifest.models, id) ? manifest.models[id] : undefined;
  const named = id === workers.current ? workers.second?.stage : undefined;
  const stage = named ?? (spec?.engine === 'embed' ? spec.second : undefined);
  return {
    id,
    current: id === workers.current,
    installed_at: null,
    standard: standardOf(known.engine, stage),
    ...known,
  };
}

/** An installed model as a list names it. */
export function installedInfo(
  parts: Parts,
  { id, spec, files, from, revision, installed_at }: InstalledModel,
): ModelInfo {
  const { engine } = spec;
  return infoOf(parts, id, { embedded: false, engine, bytes: bytesOf(files), from, revision, installed_at });
}

/** A model whose record is damaged as a list names it: it can be removed, and is in nobody's way. */
export const brokenInfo = (parts: Parts, { id, error }: BrokenModel): ModelInfo =>
  infoOf(parts, id, {
    ...{ embedded: false, engine: 'unknown', bytes: 0, from: null, revision: null },
    ...{ standard: { second: null, why: error.message }, error: error.message },
  });
