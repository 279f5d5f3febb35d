import { quote } from '../contract/checks.js';
import { abandoned, failure, invalid } from '../contract/errors.js';
import { archive } from '../models/archive.js';
import { dropDraft, leftovers } from '../models/draft.js';
import { allInstalled, findInstalled, keptOf } from '../models/installed.js';
import { bytesOf, hasHashes } from '../models/record.js';
import type { Release, Store } from '../store/store.js';
import type { LoadOptions } from '../worker/settings.js';
import { blocked, changing } from './blocked.js';
import { findModel } from './find-model.js';
import { runInstall } from './installer.js';
import { brokenInfo, infoOf, installedInfo } from './model-info.js';
import {
  type CheckedInstall,
  checkId,
  checkInstall,
  checkUse,
  type InstallOptions,
  type UseOptions,
} from './model-options.js';
import { fileSource, type ModelSource, modelSource, type NamedSource } from './model-source.js';
import type { ModelInfo, ModelStorage, Models, ModelsParts, PageModels } from './models.js';
import { secondOf } from './second.js';
import type { Second } from './workers.js';

/** One model is installed at a time, whichever tab or process does it. */
const CLAIM = 'models';
/** Milliseconds between two looks at an installation of somebody else's. */
const LOOK = 200;

/** What differs between a page and Node. */
export interface ModelsGround {
  /** Whether what is stored will be kept; with `ask` that is asked for. */
  persist(ask: boolean): Promise<boolean>;
  /** Bytes that can still be stored under a name; undefined where nobody knows. */
  room(store: string | undefined): Promise<number | undefined>;
}

/** Models in a store. */
class StoredModels implements Models {
  readonly #parts: ModelsParts;
  readonly #ground: ModelsGround;

  constructor(parts: ModelsParts, ground: ModelsGround) {
    this.#ground = ground;
    this.#parts = parts;
  }

  async list(): Promise<ModelInfo[]> {
    const { manifest, store } = this.#parts;
    const embedded = Object.entries(manifest.models).map(([id, { engine, version, files }]) =>
      infoOf(this.#parts, id, {
        embedded: true,
        engine,
        bytes: bytesOf(Object.values(files)),
        from: null,
        revision: version,
      }),
    );
    const { models, broken } = await allInstalled(await store());
    return [
      ...embedded,
      ...models.map((record) => installedInfo(this.#parts, record)),
      ...broken.map((one) => brokenInfo(this.#parts, one)),
    ];
  }

  async install(source: ModelSource, options: InstallOptions = {}): Promise<ModelInfo> {
    const checked = checkInstall(options);
    const named = modelSource(source, this.#parts.modelHost, checked.revision);
    return changing(() => this.#install(named, checked));
  }

  async import(files: Blob | Iterable<File> | string, options: InstallOptions = {}): Promise<ModelInfo> {
    const [named, checked] = [fileSource(files), checkInstall(options)];
    return changing(() => this.#install(named, checked));
  }

  async export(id: string): Promise<ReadableStream<Uint8Array>> {
    const store = await this.#parts.store();
    const record = await findInstalled(store, checkId(id));
    if (!record) throw notInstalled(id);
    const pieces = archive(record, store);
    return new ReadableStream({
      async pull(controller) {
        const next = await pieces.next();
        if (next.done) controller.close();
        else controller.enqueue(next.value);
      },
      cancel: async () => void (await pieces.return(undefined)),
    });
  }

  async remove(id: string): Promise<void> {
    const { store: open, workers, manifest } = this.#parts;
    if (Object.hasOwn(manifest.models, checkId(id))) throw invalid('id', `${id} is embedded and cannot be removed.`);
    await changing(async () => this.#removeFrom(await open(), id));
    this.#forget(id);
    if (workers.current === id) this.#use(manifest.default);
  }

  async #removeFrom(store: Store, id: string): Promise<void> {
    const release = await this.#claim(store, this.#parts.ended);
    try {
      const kept = await keptOf(store, id);
      if (kept) await store.remove('models', kept.key);
      if (kept?.folder !== undefined) await store.files.remove(kept.folder);
      if (!(await dropDraft(store, id)) && !kept) throw notInstalled(id);
    } finally {
      release();
    }
  }

  async use(id: string, options: UseOptions = {}): Promise<void> {
    const named = checkUse(options);
    const { spec } = await this.#load(id);
    const second = named === undefined ? undefined : secondOf(await this.#load(named));
    if (second && spec.engine !== 'embed') {
      throw invalid('second', `${id} is no sentence encoder; nothing looks again for it.`);
    }
    this.#use(id, second);
  }

  #use(id: string, second?: Second): void {
    const { workers } = this.#parts;
    workers.current = id;
    workers.second = second;
  }

  /** How a model is opened; rejects with MODEL_NOT_FOUND. */
  async #load(id: string): Promise<LoadOptions> {
    const { embedded } = this.#parts;
    return embedded(id) ?? (await findModel(this.#parts, id)).load;
  }

  /** Ends what runs a model that is gone, or another one now. */
  #forget(id: string): void {
    const { workers } = this.#parts;
    if (workers.second?.stage.model === id) workers.second = undefined;
    workers.end(id);
  }

  async storage(): Promise<ModelStorage> {
    const store = await this.#parts.store();
    const { models } = await allInstalled(store);
    const begun = (await leftovers(store)).map(({ bytes }) => bytes);
    return {
      used: [...models.map(({ files }) => bytesOf(files)), ...begun].reduce((sum, bytes) => sum + bytes, 0),
      available: (await this.#ground.room(this.#parts.storeName)) ?? null,
      persisted: await this.#ground.persist(false),
    };
  }

  async #install({ origin, revision, ...named }: NamedSource, options: CheckedInstall): Promise<ModelInfo> {
    const { platform, assets, load, store: open, storeName, manifest } = this.#parts;
    const { onProgress, integrity, timeout, id = named.id } = options;
    if (id !== undefined && Object.hasOwn(manifest.models, id)) throw invalid('id', `${id} is the embedded model.`);
    const signal = AbortSignal.any([this.#parts.ended, ...(options.signal ? [options.signal] : [])]);
    if (signal.aborted) throw abandoned(signal);
    const store = await open();
    if (store.files.address('models/any') === undefined) throw blocked();
    const before = id === undefined ? undefined : await findInstalled(store, id);
    const release = await this.#claim(store, signal);
    try {
      const now = id === undefined ? undefined : await findInstalled(store, id);
      // Somebody else installed it while this waited, and it is what is asked for here as well.
      const url = origin.kind === 'url' ? origin.url : undefined;
      const same = now && now.folder !== before?.folder && now.from === url && hasHashes(now, integrity);
      if (same) return installedInfo(this.#parts, now);
      await this.#ground.persist(true);
      const install = { id, origin, revision, integrity, timeout };
      const request = { store: storeName, load, install };
      const record = await runInstall(platform, assets, request, signal, onProgress);
      this.#forget(record.id);
      return installedInfo(this.#parts, record);
    } finally {
      await release();
    }
  }

  async #claim(store: Store, signal: AbortSignal): Promise<Release> {
    for (;;) {
      const release = await store.claim(CLAIM);
      if (release) return release;
      await new Promise((resolve) => setTimeout(resolve, LOOK));
      if (signal.aborted) throw abandoned(signal);
    }
  }
}

const notInstalled = (id: string) =>
  failure('MODEL_NOT_FOUND', `No model named ${quote(id)} is installed.`, { field: 'id' });

/** Opens the models of a store. */
export const openModelsOn =
  (ground: ModelsGround): PageModels['openModels'] =>
  (parts) =>
    new StoredModels(parts, ground);
