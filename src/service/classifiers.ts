import { isFields, kindOf, quote } from '../contract/checks.js';
import {
  CLASSIFIER_FIELDS,
  type ClassifierDefinition,
  checkClassifier,
  classifierReference,
  type SavedClassifier,
  unknownClassifier,
} from '../contract/classifier.js';
import { failure, invalid } from '../contract/errors.js';
import { readAll, unlessDamaged } from '../store/damaged.js';
import type { Json, Store } from '../store/store.js';

/** All saved classifiers in one value, to be written to a JSON file. */
export interface ClassifierExport {
  format: 'classer-classifiers';
  version: 1;
  /** Every version of every classifier. */
  classifiers: SavedClassifier[];
}

/** Everything kept under one name. `next` outlives a removal, so that no version number comes back. */
interface Kept {
  readonly next: number;
  readonly versions: readonly SavedClassifier[];
}

/** Whether a value is what is kept under a name. */
export const isKept = (value: unknown, name: string): boolean =>
  isFields(value) &&
  Number.isInteger(value['next']) &&
  Array.isArray(value['versions']) &&
  value['versions'].every((one) => isFields(one) && one['name'] === name && Array.isArray(one['labels']));

/**
 * Saved classifiers, each name with its versions. A version never changes: saving a name again makes the next one.
 *
 * Rejects with `VALIDATION_ERROR` for a bad definition, `CLASSIFIER_NOT_FOUND` for a name or version that is not
 * there, `STORAGE_FULL` when there is no room.
 *
 * @example
 * ```ts
 * import { createClasser } from 'classer-local';
 * const classer = createClasser({ store: 'memory' });
 * const { version } = await classer.classifiers.save({ name: 'support', labels: ['billing', 'technical'] });
 * const { label } = await classer.classify({ text: 'I was charged twice', classifier: `support@v${version}` });
 * console.log(version, label); // 1 billing
 * await classer.dispose();
 * ```
 */
export class Classifiers {
  readonly #store: () => Promise<Store>;

  /** @internal */
  constructor(store: () => Promise<Store>) {
    this.#store = store;
  }

  /** The newest version of each classifier, by name; one whose record is damaged is left out, here and in an export. */
  async list(): Promise<SavedClassifier[]> {
    const all = await this.#all();
    return all.flatMap(({ versions }) => versions.at(-1) ?? []);
  }

  /** A classifier by `name` (the newest version) or `name@vN`. */
  async get(reference: string): Promise<SavedClassifier> {
    const parsed = classifierReference({ classifier: reference });
    if (!parsed) throw invalid('classifier', 'classifier must be the name of a saved classifier.');
    const { versions = [] } = (await (await this.#store()).get<Json & Kept>('classifiers', parsed.name)) ?? {};
    const found =
      parsed.version === undefined ? versions.at(-1) : versions.find(({ version }) => version === parsed.version);
    if (found) return found;
    throw unknownClassifier(reference);
  }

  /** Saves a classifier as the next version of its name. */
  async save(definition: ClassifierDefinition): Promise<SavedClassifier> {
    const checked = checkClassifier(definition);
    const after = await this.#update(checked.name, ({ next, versions }) => {
      const saved = { ...checked, version: next, created_at: new Date().toISOString() };
      return { next: next + 1, versions: [...versions, saved] };
    });
    return after.versions.at(-1) as SavedClassifier;
  }

  /** Removes a classifier with all its versions, even one whose record is damaged. */
  async remove(name: string): Promise<void> {
    const found = await unlessDamaged(this.get(name));
    if ((found?.name ?? name.split('@')[0]) !== name) throw unknownClassifier(name);
    // The count of versions went with the rest of a damaged record.
    if (!found) return (await this.#store()).remove('classifiers', name);
    await this.#update(name, ({ next }) => ({ next, versions: [] }));
  }

  /** All versions of all classifiers, to be shipped with an app. */
  async export(): Promise<ClassifierExport> {
    const all = await this.#all();
    return { format: 'classer-classifiers', version: 1, classifiers: all.flatMap(({ versions }) => versions) };
  }

  /**
   * Adds what an export holds, with its version numbers; what is here already stays as it is.
   *
   * Rejects with `VALIDATION_ERROR`, and adds nothing, where a version here says something else.
   */
  async import(exported: ClassifierExport): Promise<SavedClassifier[]> {
    const incoming = checkExport(exported);
    const names = [...new Set(incoming.map(({ name }) => name))];
    const merge = (name: string) => (kept: Kept) =>
      join(
        kept,
        incoming.filter((one) => one.name === name),
      );
    const store = await this.#store();
    // All are tried before any is written.
    for (const name of names) merge(name)((await store.get<Json & Kept>('classifiers', name)) ?? EMPTY);
    for (const name of names) await this.#update(name, merge(name));
    return incoming;
  }

  async #all(): Promise<Kept[]> {
    return (await readAll<Kept>(await this.#store(), 'classifiers')).records;
  }

  async #update(name: string, change: (kept: Kept) => Kept): Promise<Kept> {
    const store = await this.#store();
    const after = await store.update<Json & Kept>('classifiers', name, (kept) => change(kept ?? EMPTY) as Json & Kept);
    return after as Kept;
  }
}

/** The last version that may come from elsewhere: names take nine digits, and others are to follow. */
const LAST = 99_999_999;
const EMPTY: Kept = { next: 1, versions: [] };

function join(kept: Kept, incoming: readonly SavedClassifier[]): Kept {
  const versions = new Map(kept.versions.map((one) => [one.version, one]));
  for (const one of incoming) {
    const here = versions.get(one.version);
    if (here && meaning(here) !== meaning(one)) {
      throw invalid('classifiers', `${one.name}@v${one.version} is here already and says something else.`);
    }
    versions.set(one.version, here ?? one);
  }
  const sorted = [...versions.values()].sort((a, b) => a.version - b.version);
  return { next: Math.max(kept.next, (sorted.at(-1)?.version ?? 0) + 1), versions: sorted };
}

/** All that decides an answer; not when it was saved. */
const meaning = ({ created_at: _, ...rest }: SavedClassifier): string =>
  JSON.stringify(Object.entries(rest).sort(([a], [b]) => (a < b ? -1 : 1)));

function checkExport(exported: unknown): SavedClassifier[] {
  if (!isFields(exported) || exported['format'] !== 'classer-classifiers' || !Array.isArray(exported['classifiers'])) {
    throw failure('BAD_REQUEST', `This is no export of classifiers but ${kindOf(exported)}.`);
  }
  if (exported['version'] !== 1) {
    throw invalid('version', `Exports of version ${quote(String(exported['version']))} cannot be read; 1 can.`);
  }
  return exported['classifiers'].map((one: unknown) => {
    const definition = checkClassifier(one, [...CLASSIFIER_FIELDS, 'version', 'created_at']);
    const { version, created_at } = one as Partial<SavedClassifier>;
    if (!Number.isInteger(version) || (version as number) < 1 || (version as number) > LAST) {
      throw invalid('version', `A version of ${definition.name} must be a whole number from 1 to ${LAST}.`);
    }
    const at = typeof created_at === 'string' && !Number.isNaN(Date.parse(created_at)) ? created_at : undefined;
    return { ...definition, version: version as number, created_at: at ?? new Date().toISOString() };
  });
}
