import type { EmbedModel, ModelSpec } from '../engines/manifest.js';
import { installFrom } from '../models/manage.js';
import type { InstallProgress } from '../models/progress.js';
import type { Source } from '../models/source.js';
import type { GrowingStore } from '../store/store.js';
import type { WorkerModels } from './models-module.js';
import type { LoadOptions, ModelUrls } from './settings.js';
import { throttle } from './throttle.js';

/** What differs between a page and Node. */
export interface Ground {
  /** The store of a name, or the usual one. */
  openStore(name: string | undefined): Promise<GrowingStore>;
  /** A folder or zip of this machine's. */
  openPath(path: string): Promise<Source>;
}

/** How an installed model is opened, by how the embedded one is, which reads what this one cannot. */
export function installedLoad(base: LoadOptions, model: string, spec: ModelSpec, addresses: ModelUrls): LoadOptions {
  const { second: _, documents, ...rest } = base;
  const load = { ...rest, model, spec, urls: { ...base.urls, model: addresses }, installed: true };
  if (spec.engine === 'embed') return { ...load, documents };
  const reader = { model: base.model, spec: base.spec as EmbedModel, urls: base.urls.model };
  return { ...load, reader, documents: spec.engine === 'clip' ? { ...documents, eye: spec } : documents };
}

export const advice = 'Install the model again.';

/** Installs models on behalf of the caller's side. */
export const installOn =
  ({ openStore, openPath }: Ground): WorkerModels['install'] =>
  async ({ store: name, load: base, install }, { signal, onProgress }, load) => {
    const stages = { download: throttle(onProgress), check: throttle(onProgress) };
    const quiet = () => undefined;
    const store = await openStore(name);
    try {
      return await installFrom(install, {
        ...{ store, openPath, signal },
        embedded: base.spec as EmbedModel,
        onProgress: (progress: InstallProgress) => stages[progress.stage](progress),
        openEmbedded: () => load(base, signal, quiet),
        open: (model, spec, addresses) => load(installedLoad(base, model, spec, addresses), signal, quiet),
      });
    } finally {
      await store.close();
    }
  };
